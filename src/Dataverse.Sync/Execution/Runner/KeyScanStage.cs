namespace Dataverse.Sync.Execution;

/// <summary>
/// Scans the keys of a side whose deletions are not reported, if a scan is due: for deletions, and in runs of modified
/// records for changes that no feed delivered.
/// </summary>
internal sealed class KeyScanStage(
    RunSettings settings,
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
        foreach (var side in Sides.Both)
        {
            if (!IsDue(side, state.KeysScannedOn(side)))
            {
                continue;
            }

            if (hadCouplings)
            {
                await ScanAsync(side, cancellationToken).ConfigureAwait(false);
            }

            state = state.WithKeysScannedOn(side, settings.Now);
        }

        return state;
    }

    // A full run has just read every record, so that only its deletions are unknown.
    private async Task ScanAsync(SyncSide side, CancellationToken cancellationToken)
    {
        var keys = await scan.ScanAsync(side, cancellationToken).ConfigureAwait(false);
        if (!settings.IsFull && settings.Mapping.Reads(side))
        {
            await changes.ProcessAsync(side, keys, cancellationToken).ConfigureAwait(false);
        }

        delivered.Take(side, keys.Keys);
        doubts.TakeKeys(side, keys);
    }

    // A run reads no changes, and so no deletions, from a side that the mapping does not read. Only a scan finds them.
    private bool IsDue(SyncSide side, DateTimeOffset? scannedOn)
    {
        var mapping = settings.Mapping;
        var isReported = mapping.Schema(side).ReportsDeletions && mapping.Reads(side);
        var isOld = scannedOn is not { } last || settings.Now - last >= mapping.Mapping.DeletionScanInterval;
        return !isReported && (settings.IsFull || isOld);
    }
}
