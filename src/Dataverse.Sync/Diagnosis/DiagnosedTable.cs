namespace Dataverse.Sync;

/// <summary>A table that mappings use, and what they do with it.</summary>
public sealed record DiagnosedTable
{
    /// <summary>The name of the table.</summary>
    public required string Name { get; init; }

    /// <summary>The fields that are read.</summary>
    public IReadOnlyList<string> ReadFields { get; init; } = [];

    /// <summary>The fields that are written.</summary>
    public IReadOnlyList<string> WrittenFields { get; init; } = [];

    /// <summary>Whether records are created and changed.</summary>
    public bool IsWritten { get; init; }

    /// <summary>Whether records are deleted.</summary>
    public bool IsDeleted { get; init; }
}
