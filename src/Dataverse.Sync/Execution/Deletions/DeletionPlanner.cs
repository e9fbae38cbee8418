namespace Dataverse.Sync.Execution;

/// <summary>Reads the survivors and decides about each pair.</summary>
internal sealed class DeletionPlanner(MappingRunContext run, SuspectedDeletions suspects, DeletionScan scan, RuleRunner rules, PlanStep planning)
{
    public async Task PlanAsync(IReadOnlyList<DeletionWork> works, CancellationToken cancellationToken)
    {
        foreach (var group in works.GroupBy(work => work.SurvivingSide))
        {
            foreach (var chunk in group.Chunk(1000))
            {
                await ReadSurvivorsAsync(group.Key, chunk, cancellationToken).ConfigureAwait(false);
            }

            await ProveAbsentAsync(group.Key, [.. group.Where(work => work is { Survivor: null, Error: null })], cancellationToken).ConfigureAwait(false);
        }

        foreach (var work in works)
        {
            await DecideAsync(work, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadSurvivorsAsync(SyncSide side, IReadOnlyList<DeletionWork> works, CancellationToken cancellationToken)
    {
        var records = await run.ReadAsync(side, [.. works.Select(work => work.Coupling.IdOf(side)).Distinct()], cancellationToken).ConfigureAwait(false);
        foreach (var work in works)
        {
            work.Survivor = records.GetValueOrDefault(work.Coupling.IdOf(side));
        }
    }

    // That both records of a pair are gone needs the same proof as that one is: an answer may lack a record that exists.
    private async Task ProveAbsentAsync(SyncSide side, List<DeletionWork> missing, CancellationToken cancellationToken)
    {
        missing.RemoveAll(work => suspects.IsReported(side, work.Coupling.IdOf(side)));
        if (missing.Count == 0)
        {
            return;
        }

        var absent = await scan.ProveAsync(side, missing.Select(work => work.Coupling.IdOf(side)), cancellationToken).ConfigureAwait(false);
        foreach (var work in missing.Where(work => !absent.Contains(work.Coupling.IdOf(side))))
        {
            work.Error = DeletionWork.NotAnswered;
        }
    }

    private async Task DecideAsync(DeletionWork work, CancellationToken cancellationToken)
    {
        if (work.Survivor is not null && IsBeingRestored(work.SurvivorKey))
        {
            work.Action = DeletionAction.Wait;
            return;
        }

        var policy = run.DeletionDecision ?? run.Mapping.Mapping.DeletionPolicy;
        if (work.Error is null && work.Survivor is { } survivor)
        {
            work.SurvivorChanged = run.DeletionDecision is null && planning.IsChanged(work.SurvivingSide, survivor, work.Coupling.Base);
            var arguments = new DeletionDetectedArguments(run.RuleContext, work.DeletedSide, work.Coupling, survivor, work.SurvivorChanged);
            var (decided, failure) = run.DeletionDecision is null ? await rules.DecideDeletionAsync(arguments, cancellationToken).ConfigureAwait(false) : default;
            policy = decided ?? policy;
            work.Error = failure;
        }

        work.Action = work.Error is not null
            ? DeletionAction.Report
            : DeletionRules.Decide(policy, work.Survivor is not null, work.SurvivorChanged, run.Mapping.Writes(work.SurvivingSide), run.Mapping.Writes(work.DeletedSide));
    }

    // An earlier run sent the partner's restoration and got no answer: to restore it again could make it twice.
    private bool IsBeingRestored(RecordKey survivor) => run.DeletionDecision is null
        && (run.LostInserts.HasUnknownResultOf(survivor) || run.Memory.FailureOf(survivor)?.Error.Code == SyncErrorCodes.OutcomeUndecidable);
}
