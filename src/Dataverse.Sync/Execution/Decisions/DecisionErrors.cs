namespace Dataverse.Sync.Execution;

/// <summary>The reasons for which a decision of a file is not carried out.</summary>
internal static class DecisionErrors
{
    public static SyncError UnknownWord { get; } = new(
        SyncErrorCodes.DecisionUnclear, "The decision is none of the words couple, create, and ignore.");

    public static SyncError NoRecord { get; } = new(
        SyncErrorCodes.DecisionUnclear, "The row does not name the side, the id, and the version of a record.");

    public static SyncError NoCandidate { get; } = new(
        SyncErrorCodes.DecisionUnclear, "The row names no candidate with which the record could be coupled.");

    public static SyncError Contradicts(int row) => new(
        SyncErrorCodes.DecisionUnclear, $"Row {row} decides otherwise about one of the records.");

    public static SyncError NotDoubtful { get; } = new(
        SyncErrorCodes.NotDoubtful, "The record is not, or no longer, among those that wait for a decision.");

    public static SyncError RecordGone { get; } = new(
        SyncErrorCodes.NotFound, "The system does not return the record.");

    public static SyncError CandidateGone { get; } = new(
        SyncErrorCodes.NotFound, "The system does not return the candidate.");

    public static SyncError RecordChanged { get; } = new(
        SyncErrorCodes.ConcurrentModification, "The record was changed since the file was exported.");

    public static SyncError CandidateChanged { get; } = new(
        SyncErrorCodes.ConcurrentModification, "The candidate was changed since the file was exported.");

    public static SyncError NotACandidate { get; } = new(
        SyncErrorCodes.NotACandidate, "The record with which to couple is none of the candidates on the other side.");

    public static SyncError NotFree { get; } = new(
        SyncErrorCodes.NotACandidate, "One of the two records is coupled to another record by now.");

    public static SyncError NotCreated { get; } = new(
        SyncErrorCodes.NotCoupled, "The run created no partner for the record.");

    public static SyncError NotRun(SyncException failure) => new(
        SyncErrorCodes.Transient, $"The run that creates partners ended early. Import the row again. {failure.Message}");
}
