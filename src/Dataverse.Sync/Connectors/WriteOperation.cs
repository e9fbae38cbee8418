namespace Dataverse.Sync;

/// <summary>One write.</summary>
public sealed record WriteOperation
{
    /// <summary>What the write does.</summary>
    public required WriteKind Kind { get; init; }

    /// <summary>The record; for an insert the chosen id, or the zero GUID where the system chooses.</summary>
    public required Guid Id { get; init; }

    /// <summary>The version that the record must still have; null writes whatever the version is.</summary>
    public string? ExpectedVersion { get; init; }

    /// <summary>The fields to write, each once; empty for a deletion. Other fields are left alone.</summary>
    public IReadOnlyList<FieldWrite> Fields { get; init; } = [];
}
