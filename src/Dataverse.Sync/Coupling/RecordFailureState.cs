namespace Dataverse.Sync;

/// <summary>Specifies for what a failed record waits.</summary>
public enum RecordFailureState : byte
{
    /// <summary>For its next attempt.</summary>
    Failed,

    /// <summary>
    /// For the coupling of a record to which it refers, or for a record of its pair to be within the filter again.
    /// </summary>
    Waiting,

    /// <summary>
    /// For a person: it failed too often with the same error, or the engine cannot decide. Business Central: Skipped.
    /// </summary>
    Skipped,

    /// <summary>
    /// For a person or for a change of one of its <see cref="RecordFailure.Candidates"/>: it is doubtful which partner
    /// the record has, so it is neither coupled nor created.
    /// </summary>
    Doubtful,

    /// <summary>
    /// For nothing: its pair was uncoupled, and it is left alone. An edit of it, or a full run, makes it
    /// <see cref="Doubtful"/>. <see cref="SyncIssues.ListFailuresAsync"/> does not list it before.
    /// </summary>
    Uncoupled,
}
