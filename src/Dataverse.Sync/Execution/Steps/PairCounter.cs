namespace Dataverse.Sync.Execution;

/// <summary>Counts every record or pair of a run once, although a run of both directions may meet it twice.</summary>
internal sealed class PairCounter(MappingRunContext run)
{
    /// <summary>What a plan that was carried out counts as.</summary>
    public static PlanOutcome OutcomeOf(PairWork work) => work.Plan!.Outcome switch
    {
        PlanOutcome.Unchanged or PlanOutcome.Modified when work.Adopts is not null => PlanOutcome.Inserted,
        PlanOutcome.Unchanged when work.WroteBefore => PlanOutcome.Modified,
        var outcome => outcome,
    };

    /// <summary>Counts a pair unless the other pass of the run has counted it.</summary>
    public void Count(PairWork work, PlanOutcome outcome, CommitDraft draft)
    {
        if (run.Memory.IsDecided(work.Key))
        {
            return;
        }

        run.Job.Count(outcome);
        run.Job.CountUnchanged(WasCountedAsUnchanged(work) ? -1 : 0);
        if (work.IsNewlyCoupled && work.Adopts is null && draft.Couplings.Count > 0 && draft.Couplings[^1].LocalId == work.Coupling!.LocalId)
        {
            run.Job.CountCoupled();
        }
    }

    // A full run meets every pair from both sides; the echo step has counted those whose local record was known.
    private bool WasCountedAsUnchanged(PairWork work) =>
        run.IsFull && work.Source == SyncSide.Integration && run.Mapping.Reads(SyncSide.Local)
        && work is { IsNewlyCoupled: false, Coupling.Base: { } stored, Local: { } local }
        && run.Mapping.Filter(SyncSide.Local)?.Matches(local) != false && !BaseAfterWrite.Differs(run.Mapping, SyncSide.Local, local, stored);
}
