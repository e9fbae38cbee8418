namespace Dataverse.Sync;

/// <summary>Specifies what happens to the remaining record of a pair when the other record was deleted.</summary>
/// <remarks>
/// A policy never writes to a side that the mapping's direction does not reach. Where it would, <see cref="None"/>
/// applies. If both records were deleted, every policy removes the coupling. Business Central: Deletion-Conflict
/// Resolution.
/// </remarks>
public enum DeletionPolicy : byte
{
    /// <summary>
    /// Reports the survivor as failed until a person restores, uncouples, or deletes it. Business Central: None.
    /// </summary>
    None,

    /// <summary>Creates the deleted record again from its survivor. Business Central: Restore Records.</summary>
    RestoreRecords,

    /// <summary>Removes the coupling and keeps the survivor. Business Central: Remove Coupling.</summary>
    RemoveCoupling,

    /// <summary>
    /// Deletes the survivor as well. If it was changed since the last synchronization, records a conflict instead.
    /// </summary>
    DeleteRecord,
}
