namespace Dataverse.Sync.Execution;

/// <summary>The one way of records through the seven steps.</summary>
internal sealed class RecordPipeline
{
    // A service's page may hold 20,000 records. In slices the memory for what is done with them stays small; a slice fills several batches.
    private const int SliceSize = 2_000;

    private readonly MappingRunContext run;
    private readonly EchoStep echo;
    private readonly SelectStep selection;
    private readonly PairStep localPairing;
    private readonly PairStep integrationPairing;
    private readonly PageReconciler reconciler;
    private readonly SuspectedDeletions suspects;

    public RecordPipeline(MappingRunContext run, RuleRunner rules, PageReconciler reconciler, SuspectedDeletions suspects)
    {
        this.run = run;
        this.reconciler = reconciler;
        this.suspects = suspects;
        echo = new(run);
        selection = new(run, rules);
        localPairing = new(run, rules, FinderFor(SyncSide.Local), suspects);
        integrationPairing = new(run, rules, FinderFor(SyncSide.Integration), suspects);
    }

    /// <summary>Processes a page of a change feed.</summary>
    public async Task ProcessAsync(SyncSide side, IReadOnlyList<TableRecord> records, CancellationToken cancellationToken)
    {
        foreach (var slice in records.Chunk(SliceSize))
        {
            await ProcessAsync(side, slice, areNamed: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads records by id and processes them, whatever is known of them.</summary>
    /// <param name="side">Their side.</param>
    /// <param name="ids">Their ids.</param>
    /// <param name="mayBeGone">Whether a coupled record that is missing is suspected to be deleted.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The ids of the records that exist.</returns>
    public async Task<HashSet<Guid>> ProcessIdsAsync(SyncSide side, IReadOnlyCollection<Guid> ids, bool mayBeGone, CancellationToken cancellationToken)
    {
        var present = new HashSet<Guid>();
        foreach (var chunk in ids.Distinct().Chunk(run.Options.PageSize ?? 1000))
        {
            var records = await run.ReadAsync(side, chunk, cancellationToken).ConfigureAwait(false);
            run.Job.CountRead(records.Count);
            present.UnionWith(records.Keys);
            await ProcessAsync(side, [.. records.Values], areNamed: true, cancellationToken).ConfigureAwait(false);
            foreach (var id in mayBeGone ? chunk.Except(records.Keys) : [])
            {
                suspects.Add(side, id, isReported: false);
            }
        }

        return present;
    }

    private async Task ProcessAsync(SyncSide side, IReadOnlyList<TableRecord> records, bool areNamed, CancellationToken cancellationToken)
    {
        var works = await echo.TakeAsync(side, records, areNamed, cancellationToken).ConfigureAwait(false);
        works = await selection.SelectAsync(works, cancellationToken).ConfigureAwait(false);
        works = await (side == SyncSide.Local ? localPairing : integrationPairing).PairAsync(works, cancellationToken).ConfigureAwait(false);
        await reconciler.ReconcileAsync(works, cancellationToken).ConfigureAwait(false);
    }

    // In a full run of both directions the local pass matches all that can match; the other need not search again.
    private IPartnerFinder FinderFor(SyncSide source)
    {
        var isMatchedAlready = source == SyncSide.Integration && run.IsFull && run.Mapping.Reads(SyncSide.Local);
        if (run.Mapping.Mapping.MatchGroups.Count == 0 || isMatchedAlready)
        {
            return NoPartnerFinder.Instance;
        }

        return run.Kind is SyncJobKind.Full or SyncJobKind.Coupling ? new ScanningPartnerFinder(run) : new QueryingPartnerFinder(run);
    }
}
