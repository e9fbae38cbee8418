namespace Dataverse.Sync.Execution;

/// <summary>What is done about an insert whose outcome an earlier run did not learn.</summary>
internal enum RecoveryAction
{
    /// <summary>The record that it created is coupled with its source, as if the answer had come.</summary>
    Adopt,

    /// <summary>The source stays out of runs until the system cannot be working on the insert any more.</summary>
    Hold,

    /// <summary>The insert may be sent again: the id that was chosen for it is used again, so that it creates one record at most.</summary>
    Repeat,

    /// <summary>The intent is removed: the insert is done and coupled, was never done, or is not wanted any more.</summary>
    Discard,

    /// <summary>Nobody can tell which record it created, if any; a person couples the right one or has it created again.</summary>
    AskPerson,
}
