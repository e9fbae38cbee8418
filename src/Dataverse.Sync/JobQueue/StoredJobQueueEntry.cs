namespace Dataverse.Sync;

/// <summary>The state of a job queue entry, as a store keeps it. Business Central: Job Queue Entry.</summary>
/// <remarks>When and how an entry runs is configuration and not stored.</remarks>
public sealed record StoredJobQueueEntry
{
    /// <summary>The name of the entry, unique within its scope.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the mapping that the entry runs.</summary>
    public required string Mapping { get; init; }

    /// <summary>A number that grows with every change of the entry. The first is 1.</summary>
    public required long Version { get; init; }

    /// <summary>
    /// Whether the entry is a full synchronization that was asked for once, rather than a recurring entry.
    /// </summary>
    public bool IsOneTime { get; init; }

    /// <summary>What the job queue does with the entry.</summary>
    public JobQueueEntryState State { get; init; }

    /// <summary>
    /// When the entry starts at the earliest, or null if that is not determined. For an entry in process, when it
    /// starts again because it was woken in the meantime, or null if it was not.
    /// </summary>
    public DateTimeOffset? EarliestStartOn { get; init; }

    /// <summary>The number of attempts that failed since the last run that did not.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// The state that the entry gets back after a full synchronization that holds it, or after its next run; null if
    /// there is none to give back.
    /// </summary>
    public JobQueueEntryState? StateBefore { get; init; }

    /// <summary>
    /// When the entry was last started, by the clock of the store or else of the job queue that did; null if it never was.
    /// </summary>
    public DateTimeOffset? LastStartedOn { get; init; }

    /// <summary>When the last run or attempt ended; null if none did.</summary>
    public DateTimeOffset? LastFinishedOn { get; init; }

    /// <summary>When a run last processed all its records, some of which may have failed; null if none did.</summary>
    public DateTimeOffset? LastSucceededOn { get; init; }

    /// <summary>The <see cref="SyncJob.Id"/> of the last run that ended with a job, or null if none did.</summary>
    public Guid? LastJobId { get; init; }

    /// <summary>Why the last run failed or ended early, or null if it did not. Contains no field values.</summary>
    public string? Message { get; init; }

    /// <summary>The job queue that runs the entry, or null unless the entry is in process.</summary>
    public string? Owner { get; init; }

    /// <summary>
    /// The time until which the owner renews the entry, or null unless it is in process. From then on, another job
    /// queue may start the entry, because the process of the owner must have died.
    /// </summary>
    public DateTimeOffset? OwnedUntil { get; init; }

    /// <summary>
    /// How long the owner keeps the entry without renewing it, or null unless it is in process. An entry that is owned until
    /// much later than that was started or renewed by a clock that ran ahead.
    /// </summary>
    public TimeSpan? OwnershipDuration { get; init; }
}
