namespace Dataverse.Sync.Configuration;

/// <summary>When and how a mapping runs. Null keeps the default, which for the entry of a mapping is the default entry.</summary>
internal sealed class JobQueueEntrySettings
{
    public SyncJobKind? Kind { get; set; }

    public TimeSpan? Interval { get; set; }

    public string? Cron { get; set; }

    public string? CronTimeZone { get; set; }

    public TimeSpan? InactivityTimeout { get; set; }

    public int? MaximumAttempts { get; set; }

    public TimeSpan? RetryDelay { get; set; }

    public bool? IsEnabled { get; set; }
}
