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

    /// <summary>Begins to compare the couplings with the keys of a side.</summary>
    /// <param name="side">The side.</param>
    /// <param name="keys">The fingerprint of the version of every record of the side; zero if unknown.</param>
    public StaleRecords Begin(SyncSide side, IReadOnlyDictionary<Guid, ulong> keys) => new(side, keys, failures, delivered);

    /// <summary>Processes the records of a side that changed unseen.</summary>
    public async Task ProcessAsync(StaleRecords found, CancellationToken cancellationToken)
    {
        var (side, stale) = (found.Side, found.Complete());
        if (stale.Count * 2L > found.KeyCount)
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
