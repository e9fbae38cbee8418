namespace Dataverse.Sync.Testing;

/// <summary>What a write does to a row.</summary>
public enum DataverseWriteKind
{
    /// <summary>The row is new.</summary>
    Create,

    /// <summary>The row exists and stays.</summary>
    Update,

    /// <summary>The row goes, by itself or by a cascade.</summary>
    Delete,
}
