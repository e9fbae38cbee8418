namespace Dataverse.Sync.Execution;

/// <summary>Step 4: translates the page's references in bulk, then lets the pure planner and the rules decide each pair.</summary>
internal sealed class PlanStep(MappingRunContext run, RuleRunner rules, ReferenceResolver references)
{
    private readonly PairPlanner planner = new(run.Mapping, references);

    public async Task PlanAsync(IReadOnlyList<PairWork> works, CancellationToken cancellationToken)
    {
        await references.PrepareAsync([.. works.Where(work => work.Plan is null)], cancellationToken).ConfigureAwait(false);
        foreach (var work in works)
        {
            work.Plan ??= await PlanAsync(work, cancellationToken).ConfigureAwait(false);
        }
    }

    public bool IsChanged(SyncSide side, TableRecord record, SynchronizedBase? stored) => planner.IsChanged(side, record, stored);

    private async ValueTask<PairPlan> PlanAsync(PairWork work, CancellationToken cancellationToken)
    {
        var plan = work.Coupling is null ? PlanUncoupled(work) : await MergeAsync(work, cancellationToken).ConfigureAwait(false);
        return plan.Outcome is PlanOutcome.Failed or PlanOutcome.Skipped
            ? plan
            : await rules.TransferAsync(work, plan, cancellationToken).ConfigureAwait(false);
    }

    private PairPlan PlanUncoupled(PairWork work)
    {
        var mayInsert = run.Kind != SyncJobKind.Coupling && run.Mapping.Writes(work.Source.Opposite()) && (!run.OnlyCoupled || WasToBeInserted(work));
        if (work.Restores is null && !mayInsert)
        {
            return PairPlan.Skip(SyncErrorCodes.NotCoupled, "The record is not coupled and has no match, and only coupled records are synchronized.");
        }

        return planner.Insert(work.Source, work.SourceRecord);
    }

    // A run that creates nothing new finishes what an earlier one failed to create.
    private bool WasToBeInserted(PairWork work) =>
        run.Memory.ReservedFor(work.Key) is not null || run.Memory.FailureOf(work.Key) is { } failure && failure.Error.Code != SyncErrorCodes.RuleFailed;

    private async ValueTask<PairPlan> MergeAsync(PairWork work, CancellationToken cancellationToken)
    {
        if (run.Kind == SyncJobKind.Coupling)
        {
            return new() { Outcome = PlanOutcome.Unchanged };
        }

        var state = new PairState(work.Base, work.Local, work.Integration);
        var decided = run.Settlement?.DecisionsFor(run.Mapping, work);
        var plan = planner.Merge(state, run.Policy, decided);
        if (plan.Conflicts.Count == 0 || decided is not null)
        {
            return plan;
        }

        var (decisions, failure) = await rules.DecideAsync(work, plan, cancellationToken).ConfigureAwait(false);
        return failure is not null ? PairPlan.Fail(failure) : decisions is null ? plan : planner.Merge(state, run.Policy, decisions);
    }
}
