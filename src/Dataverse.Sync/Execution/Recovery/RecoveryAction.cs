namespace Dataverse.Sync.Execution;

/// <summary>Specifies what is done about an uncertain insert of an earlier run.</summary>
internal enum RecoveryAction
{
    /// <summary>
    /// The record that the insert created is coupled with its source, as if the response had been received.
    /// </summary>
    Adopt,

    /// <summary>The source is excluded from runs until the system can no longer be processing the insert.</summary>
    Hold,

    /// <summary>
    /// The insert may be sent again under the id that was chosen for it, so that it creates at most one record.
    /// </summary>
    Repeat,

    /// <summary>
    /// The intent is removed, because the insert is complete, was never applied, or is no longer wanted.
    /// </summary>
    Discard,

    /// <summary>
    /// It cannot be decided which record the insert created, if any. A person couples the right one or retries the
    /// insert.
    /// </summary>
    AskPerson,
}
