namespace Dataverse.Sync;

/// <summary>One run of one mapping, as the job log keeps it.</summary>
public sealed record SyncJob
{
    /// <summary>Identifies the job.</summary>
    public required Guid Id { get; init; }

    /// <summary>The mapping that ran.</summary>
    public required MappingKey Key { get; init; }

    /// <summary>What the run was asked to do.</summary>
    public required SyncJobKind Kind { get; init; }

    /// <summary>The direction of the run.</summary>
    public required SyncDirection Direction { get; init; }

    /// <summary>When it began, by the engine's clock.</summary>
    public required DateTimeOffset StartedOn { get; init; }

    /// <summary>When it ended; null while it runs, or when the process died.</summary>
    public DateTimeOffset? FinishedOn { get; init; }

    /// <summary>How it ended, or that it has not.</summary>
    public SyncJobStatus Status { get; init; }

    /// <summary>What happened to the records.</summary>
    public SyncCounters Counters { get; init; } = SyncCounters.None;

    /// <summary>Why the whole run ended early; null when it did not. Single records' errors are listed apart.</summary>
    public string? Message { get; init; }
}
