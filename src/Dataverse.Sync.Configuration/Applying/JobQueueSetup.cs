using Dataverse.Sync.Hosting;

namespace Dataverse.Sync.Configuration;

/// <summary>Gives a job queue what its settings say.</summary>
internal static class JobQueueSetup
{
    /// <summary>Changes the options.</summary>
    public static void Apply(JobQueueOptions options, JobQueueSettings settings)
    {
        _ = settings.BusinessCentralDefaults ? options.BusinessCentralDefaults() : options;
        options.JobRetention = NoneIfZero(settings.JobRetention ?? options.JobRetention);
        options.WakeDelay = settings.WakeDelay ?? options.WakeDelay;
        options.BusyDelay = settings.BusyDelay ?? options.BusyDelay;
        options.FullSynchronizationAttempts = settings.FullSynchronizationAttempts ?? options.FullSynchronizationAttempts;
        options.OwnershipDuration = settings.OwnershipDuration ?? options.OwnershipDuration;
        options.CheckInterval = settings.CheckInterval ?? options.CheckInterval;
        options.MeasureInterval = settings.MeasureInterval ?? options.MeasureInterval;
        options.Default = EntryOf(string.Empty, settings.Default, options.Default);
        foreach (var (mapping, entry) in settings.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var inherited = options.InactivityTimeouts.TryGetValue(mapping, out var timeout)
                ? timeout
                : options.Default.InactivityTimeout;
            options.Entries.Add(EntryOf(mapping, entry, options.Default, inherited));
        }
    }

    private static JobQueueEntryOptions EntryOf(
        string mapping, JobQueueEntrySettings settings, JobQueueEntryOptions general, TimeSpan? inactivityTimeout = null) => new()
        {
            Mapping = mapping,
            Kind = settings.Kind ?? general.Kind,
            Interval = settings.Interval ?? general.Interval,
            Cron = settings.Cron ?? (settings.Interval is null ? general.Cron : null),
            CronTimeZone = settings.CronTimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : general.CronTimeZone,
            InactivityTimeout = NoneIfZero(settings.InactivityTimeout ?? inactivityTimeout ?? general.InactivityTimeout),
            MaximumAttempts = settings.MaximumAttempts ?? general.MaximumAttempts,
            RetryDelay = settings.RetryDelay ?? general.RetryDelay,
            IsEnabled = settings.IsEnabled ?? general.IsEnabled,
        };

    // In a file, an empty value means the default, so that a zero is needed to say that there is no such time.
    private static TimeSpan? NoneIfZero(TimeSpan? time) => time == TimeSpan.Zero ? null : time;
}
