namespace Dataverse.Sync.Testing;

/// <summary>The effect of deleting a row on the rows that refer to it.</summary>
public enum DataverseDeleteBehavior
{
    /// <summary>The reference is cleared, which changes the referring row.</summary>
    RemoveLink,

    /// <summary>The referring rows are deleted too.</summary>
    Cascade,

    /// <summary>The deletion is refused.</summary>
    Restrict,

    /// <summary>The reference remains, although the row no longer exists.</summary>
    None,
}
