namespace Dataverse.Sync.Execution;

/// <summary>What a run is asked to do.</summary>
internal sealed record RunRequest(SyncJobKind Kind, SyncRunOptions Options)
{
    /// <summary>The records of a run of named records; null for a run of a whole table.</summary>
    public (SyncSide Side, IReadOnlyCollection<Guid> Ids)? Records { get; init; }

    public ConflictSettlement? Settlement { get; init; }

    public DeletionPolicy? DeletionDecision { get; init; }

    public PreviewRecorder? Preview { get; init; }
}
