namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the records whose version in a key scan is not the one that the engine saw, and processes them like changes.
/// </summary>
/// <remarks>
/// A feed by time stamps does not deliver what a transaction commits after the overlap has passed. Only records count
/// whose version was once seen, or could have been: not those that a person or a retry is to process anyway.
/// </remarks>
internal sealed class UnseenChanges(
    MappingTables tables,
    MappingCouplings couplings,
    FailureLedger failures,
    HeldRecords held,
    BlankingGuard blanking,
    DeliveredKeys delivered,
    RecordSteps steps,
    Commits commits,
    JobRecorder job)
{
    // Limits the size of one read by id.
    private const int ChunkSize = 1000;

    /// <summary>Processes the records of a side that changed unseen.</summary>
    /// <param name="side">The side.</param>
    /// <param name="keys">The fingerprint of the version of every record of the side; zero if unknown.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async Task ProcessAsync(
        SyncSide side, IReadOnlyDictionary<Guid, ulong> keys, CancellationToken cancellationToken)
    {
        var stale = await FindAsync(side, keys, cancellationToken).ConfigureAwait(false);
        if (stale.Count * 2L > keys.Count)
        {
            // After an upgrade of the system every version differs. One read of the table costs less than many by id.
            var pages = tables.ReadChangesAsync(side, null, fields: null, isFiltered: false, cancellationToken);
            await foreach (var page in pages.ConfigureAwait(false))
            {
                List<TableRecord> changed = [.. page.Records.Where(record => stale.ContainsKey(record.Id))];
                await ProcessAsync(side, changed, stale, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        foreach (var chunk in stale.Keys.Chunk(ChunkSize))
        {
            var records = await tables.ReadAsync(side, chunk, cancellationToken).ConfigureAwait(false);
            await ProcessAsync(side, [.. records.Values], stale, cancellationToken).ConfigureAwait(false);
        }
    }

    // The version that was seen, by the id of each record that now has another.
    private async Task<Dictionary<Guid, ulong>> FindAsync(
        SyncSide side, IReadOnlyDictionary<Guid, ulong> keys, CancellationToken cancellationToken)
    {
        var stale = new Dictionary<Guid, ulong>();
        var coupled = new HashSet<Guid>(keys.Count);
        await foreach (var page in couplings.ListVersionsAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var coupling in page)
            {
                var id = coupling.IdOf(side);
                _ = coupled.Add(id);
                if (keys.TryGetValue(id, out var version) && version != 0
                    && SeenVersionOf(side, coupling) is { } known && known != version)
                {
                    stale[id] = known;
                }
            }
        }

        var failed = failures.All.Where(failure => failure.Record.Side == side && !coupled.Contains(failure.Record.Id));
        foreach (var failure in failed)
        {
            if (keys.TryGetValue(failure.Record.Id, out var version) && SeenVersionOf(failure) is { } known
                && known != version)
            {
                stale[failure.Record.Id] = known;
            }
        }

        var uncoupled = keys.Keys.Where(id => !coupled.Contains(id) && failures.Of(new(side, id)) is null);
        foreach (var id in delivered.FindUnseen(side, uncoupled))
        {
            stale[id] = 0;
        }

        return stale;
    }

    // Null if the pair was never synchronized, or if a retry or a person will process it.
    private ulong? SeenVersionOf(SyncSide side, in CouplingVersions coupling)
    {
        if (!coupling.HasBase)
        {
            return null;
        }

        if (failures.Of(new(side, coupling.IdOf(side))) is { } failure)
        {
            return SeenVersionOf(failure);
        }

        var version = coupling.VersionOf(side);
        var partner = new RecordKey(side.Opposite(), coupling.IdOf(side.Opposite()));
        return version == 0 && failures.Of(partner) is not null ? null : version;
    }

    private static ulong? SeenVersionOf(RecordFailure failure) =>
        failure.Version == 0 || FailureLedger.IsLeftToPerson(failure) ? null : failure.Version;

    private async Task ProcessAsync(
        SyncSide side,
        IReadOnlyList<TableRecord> records,
        Dictionary<Guid, ulong> stale,
        CancellationToken cancellationToken)
    {
        job.CountRead(records.Count);
        await steps.ProcessAsync(side, records, areNamed: false, cancellationToken).ConfigureAwait(false);
        await NoteVersionsAsync(side, records, stale, cancellationToken).ConfigureAwait(false);
    }

    // A record that is unchanged, or that the filter or a rule leaves out, would otherwise be read by every scan.
    private async Task NoteVersionsAsync(
        SyncSide side,
        IReadOnlyList<TableRecord> records,
        Dictionary<Guid, ulong> stale,
        CancellationToken cancellationToken)
    {
        var ids = records.Select(record => record.Id).ToList();
        var coupled = await couplings.FindAsync(side, ids, cancellationToken).ConfigureAwait(false);
        var unit = commits.Begin();
        foreach (var record in records)
        {
            var version = Fingerprint.OfVersion(record.Version);
            if (coupled.TryGetValue(record.Id, out var coupling)
                && coupling.VersionOf(side) == stale[record.Id]
                && coupling.Base is not null
                && version != 0
                && !IsPending(coupling))
            {
                unit.Couple(coupling.WithVersion(side, version));
            }
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    // A pair that was set aside is not processed yet, and the run may end before it is.
    private bool IsPending(Coupling coupling) => blanking.HasSetAside(coupling.LocalId) || Sides.Both.Any(side =>
    {
        var record = new RecordKey(side, coupling.IdOf(side));
        return held.Contains(record) || failures.Of(record) is not null;
    });
}
