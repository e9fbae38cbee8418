namespace Dataverse.Sync.Execution;

/// <summary>Specifies what is done about a pair with a deleted record.</summary>
internal enum DeletionAction
{
    /// <summary>The survivor is stored as failed until a person decides.</summary>
    Report,

    /// <summary>Nothing is done until the outcome of an earlier restoration is known.</summary>
    Wait,

    RemoveCoupling,

    Restore,

    DeleteSurvivor,

    /// <summary>A conflict is recorded, because the survivor contains an edit that was never synchronized.</summary>
    RecordConflict,
}
