namespace Dataverse.Sync.Execution;

/// <summary>What is done about a pair of which one record is gone.</summary>
internal enum DeletionAction
{
    /// <summary>Recorded as failed until a person decides.</summary>
    Report,

    /// <summary>Left alone until it is known what became of an earlier restoration.</summary>
    Wait,

    RemoveCoupling,

    Restore,

    DeleteSurvivor,

    /// <summary>Recorded as a conflict: the survivor holds an edit that nobody has seen.</summary>
    RecordConflict,
}
