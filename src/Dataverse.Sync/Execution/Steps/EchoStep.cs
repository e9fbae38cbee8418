namespace Dataverse.Sync.Execution;

/// <summary>Step 1: finds the couplings of a page and drops the records whose state is already synchronized.</summary>
/// <remarks>
/// Recognition is by content, not by user or time: by the version tag that was seen, or by the fingerprints of all
/// mapped fields. So a run never mistakes an edit for its own write, and repeated deliveries cost nothing. A rule that
/// reads more fields sees every record whose version changed.
/// </remarks>
internal sealed class EchoStep(
    RunSettings settings,
    MappingCouplings couplings,
    DecidedRecords decided,
    FailureLedger failures,
    PairCounter counter)
{
    private readonly CompiledMapping mapping = settings.Mapping;

    // Kept between the pages, so that it grows once.
    private readonly HashSet<Guid> seen = [];

    private List<Coupling> confirmed = [];

    /// <summary>
    /// The couplings, to be stored, of the last records that show for the first time what was written to them.
    /// </summary>
    public IReadOnlyList<Coupling> Confirmed => confirmed;

    /// <summary>Creates the candidates for records.</summary>
    /// <param name="side">The side of the records.</param>
    /// <param name="records">The records.</param>
    /// <param name="areNamed">Whether the records were requested by id, so that none is dropped.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async Task<List<Candidate>> TakeAsync(
        SyncSide side, IReadOnlyList<TableRecord> records, bool areNamed, CancellationToken cancellationToken)
    {
        var candidates = new List<Candidate>();
        if (records.Count == 0)
        {
            return candidates;
        }

        confirmed = [];
        var open = new List<TableRecord>(records.Count);
        open.AddRange(LatestOf(records).Where(record => !IsDecided(new(side, record.Id), record.Version, areNamed)));
        var ids = open.ConvertAll(record => record.Id);
        var coupled = await couplings.FindAsync(side, ids, cancellationToken).ConfigureAwait(false);
        foreach (var record in open)
        {
            var coupling = coupled.GetValueOrDefault(record.Id);
            if (coupling is not null && IsKnown(side, record, coupling, areNamed))
            {
                counter.CountKnown(coupling);
                Confirm(side, record, coupling);
                continue;
            }

            candidates.Add(new(side, record, coupling));
        }

        return candidates;
    }

    // Until a record is read after a write whose response lacked it, the form in which its system stores texts is
    // doubtful. Afterward, an edit that removes white space is an edit.
    private void Confirm(SyncSide side, TableRecord record, Coupling coupling)
    {
        if (coupling.VersionOf(side) is 0 or Fingerprint.ReadAgain && coupling.Base is not null && !settings.OnlyMatches)
        {
            confirmed.Add(coupling.WithVersion(side, Fingerprint.OfSeen(record)));
        }
    }

    // A feed may deliver a record twice; only its last state counts. Usually no id repeats.
    private IReadOnlyCollection<TableRecord> LatestOf(IReadOnlyList<TableRecord> records)
    {
        seen.Clear();
        _ = seen.EnsureCapacity(records.Count);
        if (records.All(record => seen.Add(record.Id)))
        {
            return records;
        }

        var latest = new Dictionary<Guid, TableRecord>(records.Count);
        foreach (var record in records)
        {
            latest[record.Id] = record;
        }

        return latest.Values;
    }

    // The other pass of this run has processed this version, or an earlier run failed with it and its retry is not due.
    // A feed with an overlap delivers the newest records every time.
    private bool IsDecided(RecordKey record, string? version, bool isNamed) => decided.Contains(record, version, isNamed)
        || (!isNamed
            && !settings.IsFull
            && !settings.OnlyMatches
            && version is not null
            && failures.Of(record)?.Version == Fingerprint.OfVersion(version));

    // Matching ignores coupled pairs. A full run processes every pair of a mapping that does not read the other side,
    // because drift would go unnoticed otherwise.
    private bool IsKnown(SyncSide side, TableRecord record, Coupling coupling, bool isNamed)
    {
        if (settings.OnlyMatches)
        {
            return true;
        }

        // The field that takes a record out of its filter need not be mapped either.
        if (mapping.UncouplesOutside && mapping.Excludes(side, record))
        {
            return false;
        }

        // The fields that tell a merge are not mapped either.
        if (mapping.Merges[side].IsMerged(record))
        {
            return false;
        }

        // The field that brings a record back within its filter need not be mapped.
        if (failures.WaitsForFilter(coupling))
        {
            return false;
        }

        // Only a full run claims rows of pairs that nobody edits.
        if (settings.IsFull && side == SyncSide.Integration && mapping.Claim?.IsNeededBy(record) == true)
        {
            return false;
        }

        if (coupling.Base is null || isNamed || (settings.IsFull && !mapping.Reads(side.Opposite())))
        {
            return false;
        }

        var isSeen = record.Version is not null && coupling.VersionOf(side) == Fingerprint.OfVersion(record.Version);

        // A rule may depend on fields that have no fingerprint. Only the version tells whether they may have changed.
        var isForRules = !isSeen && mapping.HasMoreFieldsForRules(side);
        return (isSeen && !settings.IsFull) || (!isForRules && !mapping.Differs(side, record, coupling.Base, settings.IsFull));
    }
}
