namespace Dataverse.Sync;

/// <summary>What a run would do.</summary>
public sealed record SyncPreview
{
    /// <summary>The jobs as they would be counted, in the order in which they would run.</summary>
    public required IReadOnlyList<SyncJob> Jobs { get; init; }

    /// <summary>The writes, in their order.</summary>
    public required IReadOnlyList<PlannedOperation> Operations { get; init; }

    /// <summary>The records that would fail or be skipped, with the reason.</summary>
    public required IReadOnlyList<SyncJobError> Errors { get; init; }
}
