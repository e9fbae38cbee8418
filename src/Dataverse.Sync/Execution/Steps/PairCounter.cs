namespace Dataverse.Sync.Execution;

/// <summary>
/// Counts every record or pair of a run once, although a run in both directions may process it twice.
/// </summary>
internal sealed class PairCounter(RunSettings settings, DecidedRecords decided, JobRecorder job)
{
    /// <summary>Returns the outcome under which a completed plan is counted.</summary>
    public static PlanOutcome OutcomeOf(WrittenPair written) => written.Plan.Outcome switch
    {
        PlanOutcome.Unchanged or PlanOutcome.Modified when written.Pair.Adopts is not null => PlanOutcome.Inserted,
        PlanOutcome.Unchanged when written.Pair.History.HasWritten => PlanOutcome.Modified,
        var outcome => outcome,
    };

    /// <summary>Counts a refused record unless the other pass of the run has counted it.</summary>
    public void Count(Refusal refusal)
    {
        if (!decided.Contains(refusal.Candidate.Key))
        {
            job.Count(refusal.Plan.Outcome);
        }
    }

    /// <summary>Counts a pair unless the other pass of the run has counted it.</summary>
    public void Count(WrittenPair written, PlanOutcome outcome)
    {
        var pair = written.Pair;
        if (decided.Contains(pair.Key))
        {
            return;
        }

        job.Count(outcome);
        job.CountUnchanged(WasCountedAsUnchanged(pair) ? -1 : 0);
        if (pair is { IsNewlyCoupled: true, Adopts: null } && outcome != PlanOutcome.Skipped)
        {
            job.CountCoupled();
        }
    }

    // A full run processes every pair twice. The echo step has counted those whose local record was unchanged.
    private bool WasCountedAsUnchanged(Pair pair)
    {
        var mapping = settings.Mapping;
        return settings.IsFull
            && pair.Source == SyncSide.Integration
            && mapping.Reads(SyncSide.Local)
            && pair is { IsNewlyCoupled: false, Coupling.Base: { } stored, Records.Local: { } local }
            && mapping.Filter(SyncSide.Local)?.Matches(local) != false
            && !mapping.Differs(SyncSide.Local, local, stored);
    }
}
