namespace Dataverse.Sync.Execution;

/// <summary>
/// Scans the keys of a side whose deletions are not reported, if a scan is due: for deletions, and in runs of modified
/// records for changes that no feed delivered.
/// </summary>
internal sealed class KeyScanStage(
    RunSettings settings,
    MappingCouplings couplings,
    DeletionScan scan,
    UnseenChanges changes,
    DoubtfulRecords doubts,
    DeliveredKeys delivered)
{
    /// <summary>Scans each side for which a scan is due.</summary>
    /// <param name="state">The state of the mapping.</param>
    /// <param name="hadCouplings">
    /// Whether the mapping had couplings before this run. Without couplings a scan finds nothing.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The state with the times of the scans.</returns>
    public async Task<MappingState> RunAsync(MappingState state, bool hadCouplings, CancellationToken cancellationToken)
    {
        var due = Sides.Both.Where(side => IsDue(side, state.KeysScannedOn(side))).ToList();
        if (hadCouplings && due.Count > 0)
        {
            await ScanAsync(due, cancellationToken).ConfigureAwait(false);
        }

        return due.Aggregate(state, (current, side) => current.WithKeysScannedOn(side, settings.Now));
    }

    // The two systems answer at the same time, and one list of the couplings is compared with the keys of both.
    private async Task ScanAsync(List<SyncSide> due, CancellationToken cancellationToken)
    {
        var scans = await Task.WhenAll(due.Select(side => scan.ReadKeysAsync(side, cancellationToken)))
            .ConfigureAwait(false);
        var sides = due.Zip(scans, (side, keys) => (Side: side, Stale: IsComparable(side) ? changes.Begin(side, keys) : null, keys))
            .ToList();
        await foreach (var page in couplings.ListVersionsAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var (side, stale, keys) in sides)
            {
                scan.SuspectMissing(side, page, keys.ContainsKey);
                stale?.Take(page);
            }
        }

        foreach (var (side, stale, keys) in sides)
        {
            if (stale is not null)
            {
                await changes.ProcessAsync(stale, cancellationToken).ConfigureAwait(false);
            }

            delivered.Take(side, keys.Keys);
            doubts.TakeKeys(side, keys);
        }
    }

    // A full run has just read every record, so that only its deletions are unknown.
    private bool IsComparable(SyncSide side) => !settings.IsFull && settings.Mapping.Reads(side);

    // A run reads no changes, and so no deletions, from a side that the mapping does not read. Only a scan finds them.
    private bool IsDue(SyncSide side, DateTimeOffset? scannedOn)
    {
        var mapping = settings.Mapping;
        var isReported = mapping.Schema(side).ReportsDeletions && mapping.Reads(side);
        var isOld = scannedOn is not { } last || settings.Now - last >= mapping.Mapping.DeletionScanInterval;
        return !isReported && (settings.IsFull || isOld);
    }
}
