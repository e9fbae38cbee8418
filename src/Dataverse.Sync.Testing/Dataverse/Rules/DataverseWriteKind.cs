namespace Dataverse.Sync.Testing;

/// <summary>The kinds of write.</summary>
public enum DataverseWriteKind
{
    /// <summary>The row is created.</summary>
    Create,

    /// <summary>The row is changed.</summary>
    Update,

    /// <summary>The row is deleted, directly or by a cascade.</summary>
    Delete,
}
