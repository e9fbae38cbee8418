namespace Dataverse.Sync.Execution;

/// <summary>Step 2: keeps the records that pass the mapping's filter; what a rule refuses goes on to the commit, to be counted and remembered.</summary>
internal sealed class SelectStep(MappingRunContext run, RuleRunner rules)
{
    public async Task<List<PairWork>> SelectAsync(List<PairWork> works, CancellationToken cancellationToken)
    {
        var selected = new List<PairWork>(works.Count);
        foreach (var work in works)
        {
            if (run.Mapping.Filter(work.Source)?.Matches(work.SourceRecord) == false || run.Memory.IsHeld(work.Key) || HasFailedAlready(work))
            {
                continue;
            }

            if (run.Memory.FailureOf(work.Key) is { State: RecordFailureState.Skipped } failure && !IsTriedAgain(failure))
            {
                run.Job.Count(PlanOutcome.Skipped);
                continue;
            }

            work.Plan = await rules.SelectAsync(work, cancellationToken).ConfigureAwait(false);
            selected.Add(work);
        }

        return selected;
    }

    private bool IsTriedAgain(RecordFailure failure) => run.Options.RetriesAllFailures && (!failure.NeedsDecision || run.Kind == SyncJobKind.Records);

    // This run has just tried the record or its pair; the failure is stored with what failed, so nothing is lost.
    private bool HasFailedAlready(PairWork work)
    {
        var other = work.Source.Opposite();
        return HasFailedInThisRun(work.Key) || (work.Coupling is { } coupling && HasFailedInThisRun(new(other, coupling.IdOf(other))));
    }

    private bool HasFailedInThisRun(RecordKey record) => run.Memory.FailureOf(record)?.JobId == run.Job.JobId;
}
