namespace Dataverse.Sync.Execution;

/// <summary>One run of one mapping, from the settling of old writes to the new checkpoint.</summary>
internal sealed class MappingRun
{
    private readonly MappingRunContext run;
    private readonly IntentSettlement settlement;
    private readonly RetryStage retrying;
    private readonly RecordPipeline pipeline;
    private readonly SuspectedDeletions suspects = new();
    private readonly DeletionScan scan;
    private readonly DeletionStage deletions;

    public MappingRun(MappingRunContext run, TimeSpan uncertainWriteWindow)
    {
        this.run = run;
        var rules = new RuleRunner(run);
        var planning = new PlanStep(run, rules, new ReferenceResolver(run, rules));
        var reconciler = new PageReconciler(run, planning, new JournalStep(run, rules), new WriteStep(run, rules), new CommitStep(run, suspects), suspects);
        settlement = new(run, suspects, uncertainWriteWindow);
        pipeline = new(run, rules, reconciler, suspects);
        scan = new(run, suspects);
        retrying = new(run, pipeline, scan);
        deletions = new(run, suspects, scan, new DeletionPlanner(run, suspects, scan, rules, planning), new DeletionExecutor(run, reconciler));
    }

    /// <summary>Synchronizes what was modified, or everything; answers why it stopped early, or null.</summary>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var state = await run.Store.ReadStateAsync(run.Key, cancellationToken).ConfigureAwait(false);
        run.Job.Report(SyncStage.Recovery);
        await settlement.SettleAsync(state, cancellationToken).ConfigureAwait(false);
        if (run.Kind == SyncJobKind.Modified)
        {
            run.Job.Report(SyncStage.Retrying);
            await retrying.RunAsync(cancellationToken).ConfigureAwait(false);
        }

        var hadCouplings = await HasCouplingsAsync(cancellationToken).ConfigureAwait(false);
        var next = state;
        foreach (var side in SidesToRead())
        {
            next = await ReadSideAsync(side, next, cancellationToken).ConfigureAwait(false);
        }

        if (run.Kind == SyncJobKind.Coupling)
        {
            return null;
        }

        next = await ScanKeysAsync(next, hadCouplings, cancellationToken).ConfigureAwait(false);
        run.Job.Report(SyncStage.Deletions);
        var stopped = await deletions.RunAsync(cancellationToken).ConfigureAwait(false);
        if (stopped is null && next != state)
        {
            await run.Store.CommitAsync(new() { Lease = run.Lease.Current, State = next }, cancellationToken).ConfigureAwait(false);
        }

        return stopped;
    }

    /// <summary>Synchronizes named records of one side.</summary>
    public async Task<string?> RunAsync(SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var state = await run.Store.ReadStateAsync(run.Key, cancellationToken).ConfigureAwait(false);
        await settlement.SettleAsync(state, cancellationToken).ConfigureAwait(false);
        _ = await pipeline.ProcessIdsAsync(side, ids, mayBeGone: true, cancellationToken).ConfigureAwait(false);
        run.Job.Report(SyncStage.Deletions);
        return await deletions.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<MappingState> ReadSideAsync(SyncSide side, MappingState state, CancellationToken cancellationToken)
    {
        // What the other pass of this very run created may be deleted again before this side is read for the first time.
        var hasCouplings = await HasCouplingsAsync(cancellationToken).ConfigureAwait(false);
        var step = side == SyncSide.Local ? SyncStage.LocalChanges : SyncStage.IntegrationChanges;
        run.Job.Report(step);
        var feed = new ChangeFeed(run, side, run.Kind == SyncJobKind.Modified ? CheckpointOf(state, side) : null);
        await foreach (var page in feed.ReadAsync(hasCouplings, cancellationToken).ConfigureAwait(false))
        {
            run.Job.CountRead(page.Records.Count);
            await pipeline.ProcessAsync(side, page.Records, cancellationToken).ConfigureAwait(false);
            foreach (var id in page.Deleted)
            {
                suspects.Add(side, id, isReported: true);
            }

            run.Job.Report(step);
        }

        if (feed.SeenIds is { } seen)
        {
            await scan.SuspectMissingAsync(side, seen, cancellationToken).ConfigureAwait(false);
        }

        return side == SyncSide.Local ? state with { Local = feed.Checkpoint } : state with { Integration = feed.Checkpoint };
    }

    private async ValueTask<bool> HasCouplingsAsync(CancellationToken cancellationToken) => await run.Store.CountAsync(run.Key, cancellationToken).ConfigureAwait(false) > 0;

    // Match-based coupling goes from the local side, as in Business Central.
    private IEnumerable<SyncSide> SidesToRead() => run.Kind == SyncJobKind.Coupling ? [SyncSide.Local] : Sides.Both.Where(run.Mapping.Reads);

    private static Checkpoint? CheckpointOf(MappingState state, SyncSide side) => side == SyncSide.Local ? state.Local : state.Integration;

    private async Task<MappingState> ScanKeysAsync(MappingState state, bool hadCouplings, CancellationToken cancellationToken)
    {
        foreach (var side in Sides.Both)
        {
            var scannedOn = side == SyncSide.Local ? state.LocalKeysScannedOn : state.IntegrationKeysScannedOn;
            if (!IsScanDue(side, scannedOn))
            {
                continue;
            }

            if (hadCouplings)
            {
                await scan.ScanAsync(side, cancellationToken).ConfigureAwait(false);
            }

            state = side == SyncSide.Local ? state with { LocalKeysScannedOn = run.Now } : state with { IntegrationKeysScannedOn = run.Now };
        }

        return state;
    }

    // A side that the mapping does not read sends no changes, hence no deletions either; a scan is the only way there too.
    private bool IsScanDue(SyncSide side, DateTimeOffset? scannedOn)
    {
        var isReported = run.Mapping.Schema(side).ReportsDeletions && run.Mapping.Reads(side);
        return !isReported && (run.IsFull || scannedOn is not { } last || run.Now - last >= run.Mapping.Mapping.DeletionScanInterval);
    }
}
