namespace Dataverse.Sync.Hosting;

/// <summary>When and how a job queue runs a mapping. Not safe for concurrent use.</summary>
public sealed class JobQueueEntryOptions
{
    /// <summary>
    /// The name of the mapping, compared without regard to letter case. Ignored in
    /// <see cref="JobQueueOptions.Default"/>.
    /// </summary>
    public string Mapping { get; set; } = string.Empty;

    /// <summary>
    /// What a run does: <see cref="SyncJobKind.Modified"/>, which is the default, or <see cref="SyncJobKind.Full"/>.
    /// </summary>
    public SyncJobKind Kind { get; set; } = SyncJobKind.Modified;

    /// <summary>The time from the end of a run to the start of the next one. The default is 30 minutes.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// A cron expression as Quartz reads it, such as <c>0 30 2 * * ?</c> for half past two every night, in place of the
    /// interval; null, which is the default, for the interval.
    /// </summary>
    public string? Cron { get; set; }

    /// <summary>The time zone of the cron expression. The default is UTC.</summary>
    public TimeZoneInfo CronTimeZone { get; set; } = TimeZoneInfo.Utc;

    /// <summary>
    /// How long the entry sleeps after a run that found nothing to do, unless it is woken; null, which is the
    /// default, to go on with the interval. Business Central sleeps for 12 or 24 hours.
    /// </summary>
    public TimeSpan? InactivityTimeout { get; set; }

    /// <summary>
    /// The number of attempts that may fail in a row before the entry is in state
    /// <see cref="JobQueueEntryState.Error"/>. The default is 10.
    /// </summary>
    public int MaximumAttempts { get; set; } = 10;

    /// <summary>The time from a failed attempt to the next one. The default is 30 seconds.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the entry is run at all. The default is true.</summary>
    public bool IsEnabled { get; set; } = true;
}
