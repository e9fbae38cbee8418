namespace Dataverse.Sync.Execution;

/// <summary>The effect of a coupling by a person on the stored failures of its records.</summary>
internal static class CoupledByPerson
{
    private static readonly SyncError Reason = new(
        SyncErrorCodes.OutcomeUnknown,
        "The record failed before a person coupled it. The next run of modified records synchronizes the pair.");

    /// <summary>
    /// Makes a failure due. The record may have been edited since the checkpoint passed it, so the next run of modified
    /// records must synchronize the pair.
    /// </summary>
    public static RecordFailure MakeDue(RecordFailure failure, DateTimeOffset now) => failure with
    {
        State = RecordFailureState.Failed,
        Error = Reason,
        Candidates = [],
        NextTryOn = now,
        Awaited = null,
        Version = 0,
    };
}
