namespace Dataverse.Sync.Hosting;

/// <summary>An entry of a job queue: how it runs and what its state is.</summary>
public sealed record JobQueueEntry
{
    /// <summary>
    /// The name of the entry: that of its mapping, or <c>CUSTOMER (full)</c> for a full synchronization of it.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The name of the mapping.</summary>
    public required string Mapping { get; init; }

    /// <summary>What a run does.</summary>
    public required SyncJobKind Kind { get; init; }

    /// <summary>Whether the entry is run at all: it is enabled, and its mapping exists and is switched on.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>
    /// When the run should start that succeeds next, if nothing fails; null if the entry is in process, on hold, in
    /// error, finished, or not enabled.
    /// </summary>
    public DateTimeOffset? ExpectedOn { get; init; }

    /// <summary>The stored state.</summary>
    public required StoredJobQueueEntry Stored { get; init; }

    /// <summary>What the job queue does with the entry.</summary>
    public JobQueueEntryState State => Stored.State;
}
