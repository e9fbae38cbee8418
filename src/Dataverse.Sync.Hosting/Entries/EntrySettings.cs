namespace Dataverse.Sync.Hosting;

/// <summary>When and how an entry runs.</summary>
/// <param name="Mapping">The name of the mapping.</param>
/// <param name="Kind">What a run does.</param>
/// <param name="Schedule">When the entry runs; null if once only.</param>
internal sealed record EntrySettings(string Mapping, SyncJobKind Kind, EntrySchedule? Schedule)
{
    /// <summary>How long the entry sleeps after an idle run; null not to sleep.</summary>
    public TimeSpan? InactivityTimeout { get; init; }

    /// <summary>The number of attempts that may fail in a row.</summary>
    public required int MaximumAttempts { get; init; }

    /// <summary>The time from a failed attempt to the next one.</summary>
    public required TimeSpan RetryDelay { get; init; }

    /// <summary>Whether the entry is run at all.</summary>
    public bool IsEnabled { get; init; } = true;
}
