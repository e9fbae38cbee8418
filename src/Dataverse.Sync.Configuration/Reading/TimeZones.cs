namespace Dataverse.Sync.Configuration;

/// <summary>Checks the time zones that job queue entries name.</summary>
internal static class TimeZones
{
    /// <summary>Takes out those that this machine does not know.</summary>
    /// <param name="settings">The settings of the job queue.</param>
    /// <param name="path">The key of the settings.</param>
    /// <param name="problems">Receives the problems, each with its key.</param>
    public static void Check(JobQueueSettings settings, string path, ICollection<string> problems)
    {
        Check(settings.Default, $"{path}:{nameof(settings.Default)}", problems);
        foreach (var (mapping, entry) in settings.Entries)
        {
            Check(entry, $"{path}:{nameof(settings.Entries)}:{mapping}", problems);
        }
    }

    private static void Check(JobQueueEntrySettings entry, string path, ICollection<string> problems)
    {
        if (entry.CronTimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            problems.Add($"{path}:{nameof(entry.CronTimeZone)} names the time zone '{zone}', which this machine does not know.");
            entry.CronTimeZone = null;
        }
    }
}
