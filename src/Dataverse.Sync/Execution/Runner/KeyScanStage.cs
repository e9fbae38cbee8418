namespace Dataverse.Sync.Execution;

/// <summary>Scans the keys of a side whose deletions are not reported, when a scan is due.</summary>
internal sealed class KeyScanStage(RunSettings settings, DeletionScan scan)
{
    /// <summary>Scans both sides as far as they are due.</summary>
    /// <param name="state">How far the mapping has come.</param>
    /// <param name="hadCouplings">Whether the mapping had couplings before this run; without any a scan could find nothing.</param>
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
                await scan.ScanAsync(side, cancellationToken).ConfigureAwait(false);
            }

            state = state.WithKeysScannedOn(side, settings.Now);
        }

        return state;
    }

    // A side that the mapping does not read sends no changes, hence no deletions either; a scan is the only way there too.
    private bool IsDue(SyncSide side, DateTimeOffset? scannedOn)
    {
        var mapping = settings.Mapping;
        var isReported = mapping.Schema(side).ReportsDeletions && mapping.Reads(side);
        var isOld = scannedOn is not { } last || settings.Now - last >= mapping.Mapping.DeletionScanInterval;
        return !isReported && (settings.IsFull || isOld);
    }
}
