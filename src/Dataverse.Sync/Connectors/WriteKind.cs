namespace Dataverse.Sync;

/// <summary>What a write does.</summary>
public enum WriteKind : byte
{
    /// <summary>Creates a record; one with the same id or business key is never overwritten.</summary>
    Insert,

    /// <summary>Changes fields of an existing record; a missing one is never created.</summary>
    Update,

    /// <summary>Deletes a record; a missing one counts as deleted.</summary>
    Delete,
}
