namespace Dataverse.Sync;

/// <summary>What happens to the survivor when the other record of a pair was deleted.</summary>
public enum DeletionPolicy : byte
{
    /// <summary>Nothing: the survivor is recorded as failed until somebody restores, uncouples, or deletes it.</summary>
    None,

    /// <summary>The deleted record is created again from the survivor and coupled to it.</summary>
    RestoreRecords,

    /// <summary>The coupling is removed; the survivor stays as it is.</summary>
    RemoveCoupling,

    /// <summary>The survivor is deleted too, unless it was changed since the last synchronization: then a conflict is recorded.</summary>
    DeleteRecord,
}
