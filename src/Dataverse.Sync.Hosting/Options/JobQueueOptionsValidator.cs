using System.Globalization;

namespace Dataverse.Sync.Hosting;

/// <summary>Checks the settings of a job queue and reports all problems in one message.</summary>
internal sealed class JobQueueOptionsValidator
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_650);

    // An entry is renewed after a third of its time; less would be lost to one slow request to the store.
    private static readonly TimeSpan ShortestOwnership = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestCheck = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestCheck = TimeSpan.FromDays(1);

    private readonly List<string> problems = [];
    private readonly HashSet<string> mappings;
    private readonly DateTimeOffset now;

    private JobQueueOptionsValidator(IEnumerable<string> mappings, DateTimeOffset now)
    {
        this.mappings = new(mappings, StringComparer.OrdinalIgnoreCase);
        this.now = now;
    }

    /// <summary>Returns the problems, one sentence each.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="mappings">The names of the mappings of the engine.</param>
    /// <param name="now">The present time, from which on cron expressions must have an occurrence.</param>
    public static IReadOnlyList<string> Problems(
        JobQueueOptions options, IEnumerable<string> mappings, DateTimeOffset now)
    {
        var validator = new JobQueueOptionsValidator(mappings, now);
        validator.Check(options);
        return validator.problems;
    }

    private void Check(JobQueueOptions options)
    {
        CheckEntry(options.Default, $"{nameof(JobQueueOptions)}.{nameof(options.Default)}");
        CheckNames(options.Entries);
        for (var index = 0; index < options.Entries.Count; index++)
        {
            CheckEntry(options.Entries[index], $"{nameof(JobQueueOptions)}.{nameof(options.Entries)}[{index}]");
        }

        foreach (var (name, timeout) in options.InactivityTimeouts)
        {
            RequirePositive(timeout, $"{nameof(JobQueueOptions)}.{nameof(options.InactivityTimeouts)}[{name}]");
        }

        RequirePositive(options.JobRetention, $"{nameof(JobQueueOptions)}.{nameof(options.JobRetention)}");
        RequirePositive(options.WakeDelay, $"{nameof(JobQueueOptions)}.{nameof(options.WakeDelay)}");
        RequirePositive(options.BusyDelay, $"{nameof(JobQueueOptions)}.{nameof(options.BusyDelay)}");
        RequireRange(
            options.OwnershipDuration, ShortestOwnership, $"{nameof(JobQueueOptions)}.{nameof(options.OwnershipDuration)}");
        RequireRange(options.CheckInterval, ShortestCheck, $"{nameof(JobQueueOptions)}.{nameof(options.CheckInterval)}");
        RequireRange(
            options.MeasureInterval, ShortestCheck, $"{nameof(JobQueueOptions)}.{nameof(options.MeasureInterval)}");
        RequireOne(
            options.FullSynchronizationAttempts,
            $"{nameof(JobQueueOptions)}.{nameof(options.FullSynchronizationAttempts)}");
    }

    private void CheckNames(IList<JobQueueEntryOptions> entries)
    {
        foreach (var entry in entries.OfType<JobQueueEntryOptions>().Where(entry => !mappings.Contains(entry.Mapping)))
        {
            problems.Add($"A job queue entry names mapping '{entry.Mapping}', which does not exist.");
        }

        foreach (var namesakes in entries.OfType<JobQueueEntryOptions>()
            .GroupBy(entry => entry.Mapping, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            problems.Add($"{namesakes.Count()} job queue entries name mapping '{namesakes.Key}'; one is allowed.");
        }

        foreach (var name in mappings.Where(name => mappings.Contains(EntryNames.Full(name))))
        {
            problems.Add($"Mapping '{EntryNames.Full(name)}' has the name of the full synchronization of '{name}'.");
        }
    }

    private void CheckEntry(JobQueueEntryOptions? entry, string place)
    {
        if (entry is null)
        {
            problems.Add($"{place} is null; it must be set.");
            return;
        }

        if (entry.Kind is not (SyncJobKind.Modified or SyncJobKind.Full))
        {
            problems.Add($"{place}.{nameof(entry.Kind)} is {entry.Kind}; it must be Modified or Full.");
        }

        RequirePositive(entry.Interval, $"{place}.{nameof(entry.Interval)}");
        RequirePositive(entry.InactivityTimeout, $"{place}.{nameof(entry.InactivityTimeout)}");
        RequirePositive(entry.RetryDelay, $"{place}.{nameof(entry.RetryDelay)}");
        RequireOne(entry.MaximumAttempts, $"{place}.{nameof(entry.MaximumAttempts)}");
        CheckCron(entry, place);
    }

    private void CheckCron(JobQueueEntryOptions entry, string place)
    {
        if (entry.CronTimeZone is null)
        {
            problems.Add($"{place}.{nameof(entry.CronTimeZone)} is null; it must be set.");
        }
        else if (entry.Cron is { } cron && EntrySchedule.TryParse(cron, entry.CronTimeZone) is var schedule)
        {
            if (schedule is null)
            {
                problems.Add($"{place}.{nameof(entry.Cron)} is '{cron}', which is not a cron expression of six or seven "
                    + "fields: seconds, minutes, hours, day of the month, month, day of the week, and a year.");
            }
            else if (schedule.First(now) is null)
            {
                problems.Add($"{place}.{nameof(entry.Cron)} is '{cron}', which never occurs.");
            }
        }
    }

    private void RequirePositive(TimeSpan? value, string property)
    {
        if (value is { } time && (time <= TimeSpan.Zero || time > Longest))
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{property} is {time}; it must be more than zero and at most {Longest.TotalDays} days."));
        }
    }

    private void RequireRange(TimeSpan time, TimeSpan least, string property)
    {
        if (time < least || time > LongestCheck)
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture, $"{property} is {time:c}; it must be from {least:c} to {LongestCheck:c}."));
        }
    }

    private void RequireOne(int value, string property)
    {
        if (value < 1)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{property} is {value}; it must be at least 1."));
        }
    }
}
