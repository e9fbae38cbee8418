namespace Dataverse.Sync.Execution;

/// <summary>The request for a run.</summary>
internal sealed record RunRequest(SyncJobKind Kind, SyncRunOptions Options)
{
    /// <summary>The records of a run of named records, or null for a run of a whole table.</summary>
    public NamedRecords? Records { get; init; }

    /// <summary>The decision of a person about an open conflict, or null.</summary>
    public ConflictChoices? Choices { get; init; }

    /// <summary>The decision of a person about deleted records, or null.</summary>
    public DeletionPolicy? DeletionDecision { get; init; }

    /// <summary>Collects the writes of a preview; null in a run.</summary>
    public PreviewRecorder? Preview { get; init; }
}
