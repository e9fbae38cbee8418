namespace Dataverse.Sync.Execution;

/// <summary>
/// Counts every record or pair of a run once, although recovery, the passes of both sides, and the deletions may each
/// decide about it.
/// </summary>
/// <remarks>
/// A later decision replaces an earlier one if it says more: what a person should look at outweighs what was done, and
/// what was done outweighs that nothing was.
/// </remarks>
internal sealed class PairCounter(DecidedRecords decided, JobRecorder job, bool countsKnown)
{
    /// <summary>The local ids of the pairs that a full run found unchanged.</summary>
    private readonly HashSet<Guid> known = [];
    private readonly HashSet<RecordKey> retried = [];

    /// <summary>Lets the next outcome of a record replace its failure, because the run tries it once more.</summary>
    public void TryAgain(RecordKey record) => retried.Add(record);

    /// <summary>Counts a pair that the echo step drops. Only a full run counts these.</summary>
    public void CountKnown(Coupling coupling)
    {
        if (countsKnown && CountedAs(IdsOf(coupling)) is null && known.Add(coupling.LocalId))
        {
            job.Count(PlanOutcome.Unchanged);
        }
    }

    /// <summary>Counts a pair.</summary>
    public void Count(Coupling coupling, PlanOutcome outcome) => Count(IdsOf(coupling), outcome);

    /// <summary>Counts a pair that may not be coupled.</summary>
    public void Count(Sides<Guid> ids, PlanOutcome outcome) =>
        Count(new(SyncSide.Integration, ids.Integration), CountedAs(ids), outcome, ids.Local);

    /// <summary>Counts a record without a partner.</summary>
    public void Count(RecordKey record, PlanOutcome outcome) =>
        Count(record, decided.OutcomeOf(record), outcome, localId: Guid.Empty);

    /// <summary>Counts a pair under an outcome that replaces every earlier one.</summary>
    public void Recount(Coupling coupling, PlanOutcome outcome)
    {
        var key = new RecordKey(SyncSide.Integration, coupling.IntegrationId);
        if (CountedAs(IdsOf(coupling)) is { } earlier)
        {
            job.Uncount(earlier);
        }

        job.Count(outcome);
        decided.Note(key, outcome);
    }

    public void CountCoupled() => job.CountCoupled();

    private static Sides<Guid> IdsOf(Coupling coupling) => new(coupling.LocalId, coupling.IntegrationId);

    private PlanOutcome? CountedAs(Sides<Guid> ids) =>
        decided.OutcomeOf(new(SyncSide.Integration, ids.Integration))
        ?? decided.OutcomeOf(new(SyncSide.Local, ids.Local));

    private void Count(RecordKey key, PlanOutcome? before, PlanOutcome outcome, Guid localId)
    {
        if (before is null && known.Remove(localId))
        {
            before = PlanOutcome.Unchanged;
        }

        if (outcome == PlanOutcome.Uncoupled && before is not (null or PlanOutcome.Unchanged))
        {
            // The end of a coupling counts in addition to what was done with the pair before.
            job.Count(outcome);
            return;
        }

        var isRetried = retried.Remove(key) | retried.Remove(new(SyncSide.Local, localId));
        if (before is { } earlier)
        {
            var replaces = (isRetried && earlier == PlanOutcome.Failed) || WeightOf(outcome) > WeightOf(earlier);
            outcome = replaces ? outcome : earlier;
            job.Uncount(earlier);
        }

        job.Count(outcome);
        decided.Note(key, outcome);
    }

    private static int WeightOf(PlanOutcome outcome) => outcome switch
    {
        PlanOutcome.Unchanged => 0,
        PlanOutcome.Skipped => 1,
        PlanOutcome.Modified => 2,
        PlanOutcome.Inserted => 3,
        PlanOutcome.Doubtful => 4,
        PlanOutcome.Conflicted => 5,
        PlanOutcome.Failed => 6,
        _ => 7,
    };
}
