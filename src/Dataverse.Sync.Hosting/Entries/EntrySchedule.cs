using Quartz;

namespace Dataverse.Sync.Hosting;

/// <summary>
/// When a recurring entry runs: at an interval after the end of the last run, or at the times of a cron expression.
/// </summary>
internal sealed class EntrySchedule
{
    private readonly TimeSpan interval;
    private readonly CronExpression? cron;

    private EntrySchedule(TimeSpan interval, CronExpression? cron) => (this.interval, this.cron) = (interval, cron);

    public static EntrySchedule Every(TimeSpan interval) => new(interval, null);

    /// <summary>Reads a cron expression; returns null if it is malformed.</summary>
    public static EntrySchedule? TryParse(string cron, TimeZoneInfo timeZone) =>
        CronExpression.TryParse(cron, out var parsed) ? new(default, parsed.WithTimeZone(timeZone)) : null;

    /// <summary>Returns when an entry that was not run yet starts; null if never.</summary>
    public DateTimeOffset? First(DateTimeOffset now) => cron is null ? now : Next(now);

    /// <summary>Returns when an entry starts whose run ended now; null if never again.</summary>
    public DateTimeOffset? Next(DateTimeOffset now) =>
        cron is null ? now + interval : cron.GetNextValidTimeAfter(now)?.ToUniversalTime();
}
