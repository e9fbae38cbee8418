namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the record that was created in the place of a deleted one: it matches the survivor of the pair, and was held
/// because the survivor was still coupled.
/// </summary>
internal sealed class Successors(FailureLedger failures)
{
    /// <summary>Returns the records that match the survivor of a pair whose other record is gone.</summary>
    public List<RecordFailure> Of(MissingRecord missing) =>
    [
        .. failures.All.Where(failure => failure.State == RecordFailureState.Doubtful
            && failure.Error.Code == SyncErrorCodes.DoubtfulMatch
            && failure.Record.Side == missing.Side
            && failure.Candidates.Any(candidate => candidate.Record == missing.SurvivorKey)),
    ];

    /// <summary>Whether nothing but the deleted record stood between a successor and the survivor.</summary>
    public static bool IsOnly(RecordFailure successor, MissingRecord missing)
    {
        var deleted = new RecordKey(missing.Side, missing.Coupling.IdOf(missing.Side));
        return successor.Candidates.All(candidate =>
            candidate.Record == missing.SurvivorKey || candidate.Record == deleted);
    }
}
