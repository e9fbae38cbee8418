namespace Dataverse.Sync;

/// <summary>The answer to one write.</summary>
public sealed record WriteResult
{
    /// <summary>What became of the write.</summary>
    public required WriteStatus Status { get; init; }

    /// <summary>The record's id; for an insert the id that the system chose or kept. The zero GUID when nothing was written.</summary>
    public Guid Id { get; init; }

    /// <summary>The record's version after the write; null when the system does not tell.</summary>
    public string? Version { get; init; }

    /// <summary>The record after the write as the system answered it; null when it does not tell.</summary>
    public TableRecord? Record { get; init; }

    /// <summary>Why the write was not done; null when it was.</summary>
    public SyncError? Error { get; init; }
}
