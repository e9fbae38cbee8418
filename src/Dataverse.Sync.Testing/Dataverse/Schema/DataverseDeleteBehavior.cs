namespace Dataverse.Sync.Testing;

/// <summary>What deleting a row does to the rows that refer to it.</summary>
public enum DataverseDeleteBehavior
{
    /// <summary>The reference is emptied, which is a change of the referring row.</summary>
    RemoveLink,

    /// <summary>The referring rows are deleted too.</summary>
    Cascade,

    /// <summary>The delete is refused.</summary>
    Restrict,

    /// <summary>The reference stays and points nowhere.</summary>
    None,
}
