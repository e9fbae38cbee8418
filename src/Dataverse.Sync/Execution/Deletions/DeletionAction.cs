namespace Dataverse.Sync.Execution;

/// <summary>Specifies what is done about a pair with a deleted record.</summary>
internal enum DeletionAction
{
    /// <summary>The survivor is stored as failed until a person decides.</summary>
    Report,

    /// <summary>Nothing is done until the outcome of an earlier restoration is known.</summary>
    Wait,

    /// <summary>Nothing is done until the survivor is within the filter of its side again.</summary>
    WaitForFilter,

    /// <summary>The record that was created in the place of the deleted one takes over the coupling.</summary>
    TakeOver,

    RemoveCoupling,

    Restore,

    DeleteSurvivor,

    /// <summary>A conflict is recorded, because the survivor contains an edit that was never synchronized.</summary>
    RecordConflict,
}
