namespace Dataverse.Sync;

/// <summary>A write to one record.</summary>
public sealed record WriteOperation
{
    /// <summary>What the write does.</summary>
    public required WriteKind Kind { get; init; }

    /// <summary>The id of the record. For an insert, the chosen id, or the zero GUID if the system chooses.</summary>
    public required Guid Id { get; init; }

    /// <summary>The version that the record must still have, or null to write in any case.</summary>
    public string? ExpectedVersion { get; init; }

    /// <summary>The fields to write, each once; empty for a deletion. Other fields keep their values.</summary>
    public IReadOnlyList<FieldWrite> Fields { get; init; } = [];
}
