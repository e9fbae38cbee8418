namespace Dataverse.Sync.Execution;

/// <summary>
/// Retries failed records that are due, and waiting records whose reference was coupled. Reading the store costs no
/// request.
/// </summary>
internal sealed class RetryStage(
    RunSettings settings,
    AwaitedCouplings awaited,
    FailureLedger failures,
    NamedRecordReader reader,
    GoneFailures gone)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var resolvable = await awaited.FindResolvableAsync(failures.All, cancellationToken).ConfigureAwait(false);
        var due = failures.All.Where(failure => IsDue(failure, resolvable)).Select(failure => failure.Record).ToList();
        foreach (var side in Sides.Both)
        {
            var ids = due.Where(record => record.Side == side).Select(record => record.Id).ToList();
            if (ids.Count > 0)
            {
                // A record that failed may have been deleted before it was coupled, when its deletion concerned no pair.
                var found = await reader.ProcessAsync(side, ids, mayBeGone: true, cancellationToken)
                    .ConfigureAwait(false);
                await gone.ClearAsync(side, ids, found, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool IsDue(RecordFailure failure, HashSet<RecordKey> resolvable)
    {
        if (failure.State == RecordFailureState.Uncoupled)
        {
            return false;
        }

        if ((settings.Options.RetriesAllFailures && !failure.NeedsDecision) || resolvable.Contains(failure.Record))
        {
            return true;
        }

        return !FailureLedger.IsLeftToPerson(failure) && failure.NextTryOn is { } due && due <= settings.Now;
    }
}
