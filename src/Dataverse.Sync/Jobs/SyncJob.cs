namespace Dataverse.Sync;

/// <summary>One run of one mapping. Business Central: Integration Synch. Job.</summary>
/// <remarks>A run has one job for both directions, where Business Central logs one for each.</remarks>
public sealed record SyncJob
{
    /// <summary>The id of the job.</summary>
    public required Guid Id { get; init; }

    /// <summary>The scope and the name of the mapping.</summary>
    public required MappingKey Key { get; init; }

    /// <summary>What the run was asked to do.</summary>
    public required SyncJobKind Kind { get; init; }

    /// <summary>The direction of the mapping.</summary>
    public required SyncDirection Direction { get; init; }

    /// <summary>When the run started, by the clock of the engine.</summary>
    public required DateTimeOffset StartedOn { get; init; }

    /// <summary>When the run ended, or null while it is running or if its process died.</summary>
    public DateTimeOffset? FinishedOn { get; init; }

    /// <summary>Whether the run is running or how it ended.</summary>
    public SyncJobStatus Status { get; init; }

    /// <summary>What happened to the records.</summary>
    /// <value>
    /// The default is <see cref="SyncCounters.None"/>. A job that is stored as running has no counts yet.
    /// </value>
    public SyncCounters Counters { get; init; } = SyncCounters.None;

    /// <summary>
    /// The number of texts that were written in a shorter form because the field of the other side holds fewer
    /// characters.
    /// </summary>
    /// <remarks>The record that contains the longer text keeps it. Keys and codes are never cut.</remarks>
    public long CutTexts { get; init; }

    /// <summary>Why the run ended early, or null if it did not. The errors of records are stored separately.</summary>
    public string? Message { get; init; }
}
