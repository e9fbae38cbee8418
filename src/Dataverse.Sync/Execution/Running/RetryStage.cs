namespace Dataverse.Sync.Execution;

/// <summary>Tries failed records again whose time has come, and waiting ones whose reference has arrived; asking the store costs no request.</summary>
internal sealed class RetryStage(MappingRunContext run, RecordPipeline pipeline, DeletionScan scan)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var arrived = await FindArrivedAsync(cancellationToken).ConfigureAwait(false);
        var due = run.Memory.Failures.Where(failure => IsDue(failure, arrived)).Select(failure => failure.Record).ToList();
        foreach (var side in Sides.Both)
        {
            var ids = due.Where(record => record.Side == side).Select(record => record.Id).ToList();
            if (ids.Count > 0)
            {
                var present = await pipeline.ProcessIdsAsync(side, ids, mayBeGone: false, cancellationToken).ConfigureAwait(false);
                await ForgetGoneAsync(side, ids, present, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool IsDue(RecordFailure failure, HashSet<RecordKey> arrived)
    {
        if ((run.Options.RetriesAllFailures && !failure.NeedsDecision) || arrived.Contains(failure.Record))
        {
            return true;
        }

        return failure.State != RecordFailureState.Skipped && failure.NextTryOn is { } due && due <= run.Now && failure.Error.Code != SyncErrorCodes.CoupledRecordDeleted;
    }

    private async Task<HashSet<RecordKey>> FindArrivedAsync(CancellationToken cancellationToken)
    {
        var arrived = new HashSet<RecordKey>();
        var waiting = run.Memory.Failures.Where(failure => failure.Awaited is not null)
            .SelectMany(failure => failure.Awaited!.Mappings.Select(mapping => (Mapping: mapping, failure.Awaited.Record, Waiter: failure.Record)));
        foreach (var group in waiting.GroupBy(item => (item.Mapping, item.Record.Side)).ToList())
        {
            var ids = group.Select(item => item.Record.Id).Distinct().ToList();
            var couplings = await run.Store.FindAsync(run.KeyOf(group.Key.Mapping), group.Key.Side, ids, cancellationToken).ConfigureAwait(false);
            var found = couplings.Select(coupling => coupling.IdOf(group.Key.Side)).ToHashSet();
            arrived.UnionWith(group.Where(item => found.Contains(item.Record.Id)).Select(item => item.Waiter));
        }

        return arrived;
    }

    // A failed record that no longer exists, or left the mapping's filter, has nothing left to wait for.
    private async Task ForgetGoneAsync(SyncSide side, List<Guid> ids, HashSet<Guid> present, CancellationToken cancellationToken)
    {
        var missing = ids.FindAll(id => !present.Contains(id));
        var absent = missing.Count == 0 ? [] : await scan.ProveAsync(side, missing, cancellationToken).ConfigureAwait(false);
        var untouched = ids.Where(id => present.Contains(id) || absent.Contains(id)).Select(id => new RecordKey(side, id))
            .Where(key => run.Memory.FailureOf(key) is { } failure && failure.JobId != run.Job.JobId && !run.Memory.IsHeld(key) && failure.State != RecordFailureState.Skipped && failure.Error.Code != SyncErrorCodes.CoupledRecordDeleted);
        var draft = new CommitDraft();
        draft.ClearedFailures.AddRange(untouched);
        await run.CommitAsync(draft, cancellationToken).ConfigureAwait(false);
    }
}
