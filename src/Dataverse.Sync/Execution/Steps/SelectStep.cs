namespace Dataverse.Sync.Execution;

/// <summary>Step 2: keeps the records that pass the mapping's filter and the rules.</summary>
internal sealed class SelectStep(
    RunSettings settings,
    FilterGate gate,
    RuleRunner rules,
    HeldRecords held,
    LeavingPairs leaving,
    FailureLedger failures,
    PairCounter counter,
    JobRecorder job)
{
    public async Task<StepResult<Candidate>> SelectAsync(
        List<Candidate> candidates, CancellationToken cancellationToken)
    {
        var selected = new StepResult<Candidate>(new(candidates.Count), []);
        foreach (var candidate in candidates)
        {
            var problem = settings.Mapping.ProblemOf(candidate.Source, candidate.Record);
            if (IsLeftOut(candidate, isReadable: problem is null))
            {
                continue;
            }

            if (problem is null && candidate.Coupling is null && held.IsMatch(candidate.Key))
            {
                selected.Refused.Add(new(candidate, PairPlan.Fail(PartnerErrors.MatchFailed)) { IsCounted = false });
            }
            else if (problem is not null)
            {
                selected.Refused.Add(new(candidate, PairPlan.Fail(problem)));
            }
            else if (await rules.SelectAsync(candidate, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                selected.Refused.Add(new(candidate, refusal));
            }
            else
            {
                selected.Kept.Add(candidate);
            }
        }

        return selected;
    }

    private bool IsLeftOut(Candidate candidate, bool isReadable)
    {
        if (isReadable && !gate.Admits(candidate))
        {
            if (candidate.Coupling is { } coupling && leaving.TryTake(candidate.Source, coupling, candidate.Seen))
            {
                return true;
            }

            var reason = gate.ReasonOf(candidate.Source, candidate.Record, SelectionErrors.OutsideFilter);
            Explain(candidate, reason, isCounted: false);
            return true;
        }

        if (held.IsHeld(candidate.Key) || HasFailedAlready(candidate))
        {
            return true;
        }

        if (failures.Of(candidate.Key) is not { State: RecordFailureState.Skipped } failure
            || settings.Contradicted.Contains(candidate.Key)
            || IsTriedAgain(failure))
        {
            return false;
        }

        Explain(candidate, SelectionErrors.Skipped(failure), isCounted: true);
        return true;
    }

    // Who names a record is told why nothing happens to it. A run of many records counts those that are skipped.
    private void Explain(Candidate candidate, SyncError reason, bool isCounted)
    {
        var isNamed = settings.Kind == SyncJobKind.Records;
        if (isNamed)
        {
            job.AddError(candidate.Key, reason);
        }

        if (isCounted || isNamed)
        {
            counter.Count(candidate, PlanOutcome.Skipped);
        }
    }

    private bool IsTriedAgain(RecordFailure failure) =>
        settings.Options.RetriesAllFailures && (!failure.NeedsDecision || settings.Kind == SyncJobKind.Records);

    // This run has just tried the record or its pair. The stored failure ensures that a later run tries it again.
    private bool HasFailedAlready(Candidate candidate)
    {
        var other = candidate.Source.Opposite();
        return failures.HasFailedNow(candidate.Key)
            || (candidate.Coupling is { } coupling && failures.HasFailedNow(new(other, coupling.IdOf(other))));
    }
}
