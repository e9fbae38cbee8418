namespace Dataverse.Sync.Execution;

/// <summary>
/// Looks again at the records whose partner is doubtful, if one of the records concerned changed. Reading the store
/// costs no request.
/// </summary>
internal sealed class DoubtStage(
    RunSettings settings,
    MappingCouplings couplings,
    FailureLedger failures,
    DoubtfulRecords doubts,
    NamedRecordReader reader,
    GoneFailures gone)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (doubts.All.Count == 0)
        {
            return;
        }

        foreach (var side in Sides.Both)
        {
            var found = await couplings.FindAllAsync(side, doubts.CandidatesOn(side), cancellationToken)
                .ConfigureAwait(false);
            doubts.TakeCoupled(side, [.. found.Select(coupling => coupling.IdOf(side))]);
        }

        foreach (var side in Sides.Both)
        {
            var ids = doubts.All.Where(doubt => doubt.Record.Side == side && IsDue(doubt.Record))
                .Select(doubt => doubt.Record.Id).ToList();
            if (ids.Count > 0)
            {
                var found = await reader.ProcessAsync(side, ids, mayBeGone: false, cancellationToken)
                    .ConfigureAwait(false);
                await gone.ClearAsync(side, ids, found, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // A full run has just judged every doubtful record that still exists and passes the filter. It reads the others.
    private bool IsDue(RecordKey record) =>
        failures.Of(record) is { State: RecordFailureState.Doubtful }
        && !failures.HasFailedNow(record)
        && (settings.Kind == SyncJobKind.Full || doubts.Due.Contains(record));
}
