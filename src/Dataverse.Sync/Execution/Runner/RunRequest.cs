namespace Dataverse.Sync.Execution;

/// <summary>What a run is asked to do.</summary>
internal sealed record RunRequest(SyncJobKind Kind, SyncRunOptions Options)
{
    /// <summary>The records of a run of named records; null for a run of a whole table.</summary>
    public NamedRecords? Records { get; init; }

    /// <summary>What a person decided about an open conflict.</summary>
    public ConflictChoices? Choices { get; init; }

    /// <summary>What a person decided about a deleted record.</summary>
    public DeletionPolicy? DeletionDecision { get; init; }

    /// <summary>What gathers the writes of a preview; null in a run.</summary>
    public PreviewRecorder? Preview { get; init; }
}
