namespace Dataverse.Sync.Execution;

/// <summary>The request for a run.</summary>
/// <param name="kind">The kind of run.</param>
/// <param name="options">The settings of the run; null for the default ones.</param>
/// <exception cref="SyncConfigurationException">An option is invalid. The exception lists every problem.</exception>
internal sealed class RunRequest(SyncJobKind kind, SyncRunOptions? options)
{
    public SyncJobKind Kind { get; } = kind;

    public SyncRunOptions Options { get; } = SyncRunOptionsValidator.Validate(options);

    /// <summary>The records of a run of named records, or null for a run of a whole table.</summary>
    public NamedRecords? Records { get; init; }

    /// <summary>The decision of a person about an open conflict, or null.</summary>
    public ConflictChoices? Choices { get; init; }

    /// <summary>The decision of a person about deleted records, or null.</summary>
    public DeletionPolicy? DeletionDecision { get; init; }

    /// <summary>Whether a person decided that the records have no partner yet, although some match.</summary>
    public bool CreatesDoubtful { get; init; }

    /// <summary>Collects the writes of a preview; null in a run.</summary>
    public PreviewRecorder? Preview { get; init; }
}
