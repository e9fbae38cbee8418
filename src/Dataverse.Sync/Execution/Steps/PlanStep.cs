namespace Dataverse.Sync.Execution;

/// <summary>
/// Step 4: translates the references of a page in bulk, then plans each pair with the planner and the rules.
/// </summary>
internal sealed class PlanStep(
    RunSettings settings,
    ReferenceResolver references,
    PairPlanner planner,
    RuleRunner rules,
    UncertainInserts uncertain,
    FailureLedger failures,
    LeftOutReport leftOut)
{
    public async Task<List<PlannedPair>> PlanAsync(IReadOnlyList<Pair> pairs, CancellationToken cancellationToken)
    {
        var problems = pairs.Select(ProblemOf).ToList();
        List<Pair> readable = [.. pairs.Where((_, index) => problems[index] is null)];
        await references.PrepareAsync(readable, cancellationToken).ConfigureAwait(false);
        var planned = new List<PlannedPair>(pairs.Count);
        for (var index = 0; index < pairs.Count; index++)
        {
            var plan = problems[index] is { } problem && !settings.OnlyMatches
                ? PairPlan.Fail(problem)
                : await PlanAsync(pairs[index], cancellationToken).ConfigureAwait(false);
            planned.Add(new(pairs[index], plan));
        }

        return planned;
    }

    private SyncError? ProblemOf(Pair pair)
    {
        foreach (var side in Sides.Both)
        {
            if (pair.On(side) is { } record && settings.Mapping.ProblemOf(side, record) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private async ValueTask<PairPlan> PlanAsync(Pair pair, CancellationToken cancellationToken)
    {
        var plan = pair.Coupling is null
            ? PlanUncoupled(pair)
            : await MergeAsync(pair, cancellationToken).ConfigureAwait(false);
        if (plan.LeftOut.Count > 0)
        {
            leftOut.Add(pair, plan);
        }

        if (plan.EndsWay)
        {
            return plan;
        }

        var transferred = await rules.TransferAsync(pair, plan, cancellationToken).ConfigureAwait(false);
        if (IsForeign(pair, transferred))
        {
            return PairPlan.Fail(SelectionErrors.OtherCompany);
        }

        var writes = transferred.LocalWrites.Count + transferred.IntegrationWrites.Count;
        return transferred.Outcome == PlanOutcome.Unchanged && writes > 0
            ? transferred with { Outcome = PlanOutcome.Modified }
            : transferred;
    }

    // Another company may have claimed the row since the pair was selected.
    private bool IsForeign(Pair pair, PairPlan plan) => settings.Mapping.Claim is { } claim
        && pair.On(SyncSide.Integration) is { } row
        && claim.IsOther(row)
        && (claim.Condition is not null || plan.IntegrationWrites.Count > 0);

    private PairPlan PlanUncoupled(Pair pair)
    {
        if (pair.Restores is null && !MayInsert(pair))
        {
            return PairPlan.Skip(SyncErrorCodes.NotCoupled, ReasonNotToInsert(pair.Source.Opposite()));
        }

        return planner.Insert(pair.Source, pair.SourceRecord);
    }

    private bool MayInsert(Pair pair) => !settings.OnlyMatches
        && settings.Mapping.Writes(pair.Source.Opposite())
        && (!settings.OnlyCoupledRecords || WasToBeInserted(pair));

    private string ReasonNotToInsert(SyncSide target)
    {
        var name = settings.Mapping.Name;
        return settings.OnlyMatches ? "The record has no match."
            : !settings.Mapping.Writes(target)
                ? $"The record is not coupled and has no match, and mapping '{name}' creates no records on the "
                    + $"{target.Word()} side because of its direction."
            : settings.Options.OnlyCoupledRecords is null
                ? $"The record is not coupled and has no match, and mapping '{name}' synchronizes only coupled records "
                    + "in this kind of run."
            : "The record is not coupled and has no match, and the run synchronizes only coupled records.";
    }

    // A run that creates no new records still completes the inserts that an earlier run failed to apply.
    private bool WasToBeInserted(Pair pair) => uncertain.ReservedFor(pair.Key) is not null
        || (failures.Of(pair.Key) is { Error.Code: not SyncErrorCodes.RuleFailed } failure
            && !UncoupledPairs.IsMemory(failure));

    private async ValueTask<PairPlan> MergeAsync(Pair pair, CancellationToken cancellationToken)
    {
        if (settings.OnlyMatches)
        {
            return new() { Outcome = PlanOutcome.Unchanged };
        }

        var decided = settings.Choices?.DecisionsFor(settings.Mapping, pair);
        var plan = planner.Merge(pair.State, settings.Policy, decided);
        if (plan.Conflicts.Count == 0 || decided is not null)
        {
            return plan;
        }

        var (decisions, failure) = await rules.DecideAsync(pair, plan, cancellationToken).ConfigureAwait(false);
        if (failure is not null)
        {
            return PairPlan.Fail(failure);
        }

        return decisions is null ? plan : planner.Merge(pair.State, settings.Policy, decisions);
    }
}
