namespace Dataverse.Sync.Hosting;

/// <summary>The settings of a job queue as they were when it was created.</summary>
internal sealed class JobQueueSettings
{
    private readonly Dictionary<string, EntrySettings> entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TimeSpan> inactivityTimeouts;
    private readonly EntrySettings general;
    private readonly int fullAttempts;

    /// <summary>Initializes a new instance of the <see cref="JobQueueSettings"/> class.</summary>
    /// <param name="options">Valid options.</param>
    public JobQueueSettings(JobQueueOptions options)
    {
        foreach (var entry in options.Entries)
        {
            entries.Add(entry.Mapping, Read(entry));
        }

        general = Read(options.Default);
        inactivityTimeouts = new(options.InactivityTimeouts, StringComparer.OrdinalIgnoreCase);
        fullAttempts = options.FullSynchronizationAttempts;
        (JobRetention, WakeDelay) = (options.JobRetention, options.WakeDelay);
        (OwnershipDuration, BusyDelay) = (options.OwnershipDuration, options.BusyDelay);
        (CheckInterval, MeasureInterval) = (options.CheckInterval, options.MeasureInterval);
    }

    public TimeSpan? JobRetention { get; }

    public TimeSpan WakeDelay { get; }

    public TimeSpan OwnershipDuration { get; }

    public TimeSpan BusyDelay { get; }

    public TimeSpan CheckInterval { get; }

    public TimeSpan MeasureInterval { get; }

    /// <summary>Returns how the recurring entry of a mapping runs.</summary>
    /// <param name="mapping">The name of the mapping as the mapping has it.</param>
    public EntrySettings Recurring(string mapping)
    {
        if (entries.TryGetValue(mapping, out var entry))
        {
            return entry with { Mapping = mapping };
        }

        return general with
        {
            Mapping = mapping,
            InactivityTimeout = inactivityTimeouts.TryGetValue(mapping, out var timeout)
                ? timeout
                : general.InactivityTimeout,
        };
    }

    /// <summary>Returns how a full synchronization of a mapping runs that was asked for once.</summary>
    public EntrySettings Full(string mapping) => new(mapping, SyncJobKind.Full, Schedule: null)
    {
        MaximumAttempts = fullAttempts,
        RetryDelay = Recurring(mapping).RetryDelay,
    };

    private static EntrySettings Read(JobQueueEntryOptions options) => new(
        options.Mapping,
        options.Kind,
        options.Cron is { } cron
            ? EntrySchedule.TryParse(cron, options.CronTimeZone)
            : EntrySchedule.Every(options.Interval))
    {
        InactivityTimeout = options.InactivityTimeout,
        MaximumAttempts = options.MaximumAttempts,
        RetryDelay = options.RetryDelay,
        IsEnabled = options.IsEnabled,
    };
}
