namespace Dataverse.Sync.Execution;

/// <summary>Step 1: finds the couplings of a page and drops the records that the couplings already know.</summary>
/// <remarks>
/// Recognition is by content, never by who wrote last or when: the version tag that was seen, or the same fingerprint in every
/// mapped field. So a run never mistakes a person's edit for its own, and repeated deliveries cost nothing.
/// </remarks>
internal sealed class EchoStep(MappingRunContext run)
{
    /// <summary>Begins the way of records.</summary>
    /// <param name="side">Their side.</param>
    /// <param name="records">The records.</param>
    /// <param name="areNamed">Whether they were asked for by name, so that they are looked at whatever is known of them.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<List<PairWork>> TakeAsync(SyncSide side, IReadOnlyList<TableRecord> records, bool areNamed, CancellationToken cancellationToken)
    {
        var works = new List<PairWork>();
        if (records.Count == 0)
        {
            return works;
        }

        var couplings = await FindCouplingsAsync(side, records, cancellationToken).ConfigureAwait(false);
        var latest = LatestOf(records);
        var known = 0;
        foreach (var record in records)
        {
            if ((latest is not null && !ReferenceEquals(latest[record.Id], record)) || IsDecided(new(side, record.Id), record.Version, areNamed))
            {
                continue;
            }

            var coupling = couplings.GetValueOrDefault(record.Id);
            if (coupling is not null && IsKnown(side, record, coupling, areNamed))
            {
                known++;
                continue;
            }

            works.Add(new(side, record, coupling));
        }

        if (run.IsFull && (side == SyncSide.Local || !run.Mapping.Reads(SyncSide.Local)))
        {
            // A full run of both directions meets every pair twice and counts it once.
            run.Job.CountUnchanged(known);
        }

        return works;
    }

    private async Task<Dictionary<Guid, Coupling>> FindCouplingsAsync(SyncSide side, IReadOnlyList<TableRecord> records, CancellationToken cancellationToken)
    {
        var ids = new Guid[records.Count];
        for (var index = 0; index < ids.Length; index++)
        {
            ids[index] = records[index].Id;
        }

        var found = await run.Store.FindAsync(run.Key, side, ids, cancellationToken).ConfigureAwait(false);
        var couplings = new Dictionary<Guid, Coupling>(found.Count);
        foreach (var coupling in found)
        {
            couplings[coupling.IdOf(side)] = coupling;
        }

        return couplings;
    }

    // A feed may deliver a record twice; only its last state counts. Null when no id repeats, which is nearly always.
    private static Dictionary<Guid, TableRecord>? LatestOf(IReadOnlyList<TableRecord> records)
    {
        var seen = new HashSet<Guid>(records.Count);
        if (records.All(record => seen.Add(record.Id)))
        {
            return null;
        }

        var latest = new Dictionary<Guid, TableRecord>(records.Count);
        foreach (var record in records)
        {
            latest[record.Id] = record;
        }

        return latest;
    }

    // The other pass of this run has decided about the pair in this very state, or an earlier run has failed with it and its time to be
    // tried again has not come: a feed with an overlap delivers the newest records every time.
    private bool IsDecided(RecordKey record, string? version, bool isNamed) => run.Memory.IsDecided(record, version)
        || (!isNamed && !run.IsFull && version is not null && run.Memory.FailureOf(record)?.Version == Fingerprint.OfVersion(version));

    // Matching leaves pairs alone. In a full run every pair of a mapping that does not read the other side is looked at: its drift
    // would go unnoticed otherwise.
    private bool IsKnown(SyncSide side, TableRecord record, Coupling coupling, bool isNamed)
    {
        if (run.Kind == SyncJobKind.Coupling)
        {
            return true;
        }

        if (coupling.Base is null || isNamed || (run.IsFull && !run.Mapping.Reads(side.Opposite())))
        {
            return false;
        }

        var isSeen = record.Version is not null && coupling.VersionOf(side) == Fingerprint.OfVersion(record.Version);
        return (isSeen && !run.IsFull) || !BaseAfterWrite.Differs(run.Mapping, side, record, coupling.Base);
    }
}
