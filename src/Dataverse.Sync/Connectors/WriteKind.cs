namespace Dataverse.Sync;

/// <summary>Specifies what a write does.</summary>
public enum WriteKind : byte
{
    /// <summary>Creates a record. Never overwrites a record with the same id or business key.</summary>
    Insert,

    /// <summary>Changes fields of an existing record. Never creates a missing record.</summary>
    Update,

    /// <summary>Deletes a record. A missing record counts as deleted.</summary>
    Delete,
}
