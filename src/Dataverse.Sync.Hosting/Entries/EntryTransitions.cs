namespace Dataverse.Sync.Hosting;

/// <summary>How the state of an entry changes. Without a clock, and without input or output.</summary>
/// <remarks>
/// <see cref="StoredJobQueueEntry.StateBefore"/> has two uses. On an entry that is on hold, a full synchronization
/// holds it, and the value is given back afterwards. On an entry that is ready or in process, its next run is a
/// single one, and the value is given back after it.
/// </remarks>
internal static class EntryTransitions
{
    /// <summary>The entry of a mapping that has none yet.</summary>
    public static StoredJobQueueEntry New(EntrySettings settings, DateTimeOffset now) => new()
    {
        Name = settings.Mapping,
        Mapping = settings.Mapping,
        Version = 0,
        EarliestStartOn = settings.Schedule!.First(now),
    };

    /// <summary>The entry of a full synchronization that is to be run once, in place of the one before it.</summary>
    public static StoredJobQueueEntry AskFull(StoredJobQueueEntry? known, string mapping, DateTimeOffset now) => known switch
    {
        null => new()
        {
            Name = EntryNames.Full(mapping),
            Mapping = mapping,
            Version = 0,
            IsOneTime = true,
            EarliestStartOn = now,
        },
        { State: JobQueueEntryState.InProcess } => known with { EarliestStartOn = now, StateBefore = null },
        _ => known with
        {
            State = JobQueueEntryState.Ready,
            StateBefore = null,
            EarliestStartOn = now,
            Attempts = 0,
            Message = null,
        },
    };

    /// <summary>Starts an entry earlier that was stored under settings by which it would start later.</summary>
    public static StoredJobQueueEntry Adopt(StoredJobQueueEntry entry, EntrySettings settings, DateTimeOffset now)
    {
        var latest = entry.State switch
        {
            JobQueueEntryState.Ready => settings.Schedule?.Next(now),
            JobQueueEntryState.OnHoldWithInactivityTimeout when settings.InactivityTimeout is { } timeout => now + timeout,
            JobQueueEntryState.OnHoldWithInactivityTimeout => settings.Schedule?.Next(now),
            _ => null,
        };
        return latest < entry.EarliestStartOn ? entry with { EarliestStartOn = latest } : entry;
    }

    /// <summary>A job queue takes the entry to run it.</summary>
    public static StoredJobQueueEntry Start(
        StoredJobQueueEntry entry, string owner, DateTimeOffset now, TimeSpan duration) => entry with
        {
            State = JobQueueEntryState.InProcess,
            EarliestStartOn = null,
            LastStartedOn = now,
            Owner = owner,
            OwnedUntil = now + duration,
            OwnershipDuration = duration,
        };

    /// <summary>The owner keeps the entry for a further while.</summary>
    public static StoredJobQueueEntry Renew(StoredJobQueueEntry entry, DateTimeOffset now, TimeSpan duration) =>
        entry with { OwnedUntil = now + duration, OwnershipDuration = duration };

    /// <summary>The run of the entry has ended, completely or stopped by a fuse.</summary>
    public static StoredJobQueueEntry AfterRun(
        StoredJobQueueEntry entry, EntrySettings settings, SyncJob job, DateTimeOffset now)
    {
        var hasSucceeded = job.Status == SyncJobStatus.Finished;
        var ended = Ended(entry) with
        {
            Attempts = 0,
            LastFinishedOn = now,
            LastSucceededOn = hasSucceeded ? now : entry.LastSucceededOn,
            LastJobId = job.Id,
            Message = job.Message,
        };
        if (entry.EarliestStartOn is { } woken)
        {
            return Become(ended, JobQueueEntryState.Ready, woken);
        }

        if (settings.Schedule is null)
        {
            return Become(ended, JobQueueEntryState.Finished, null);
        }

        return hasSucceeded && IsIdle(job.Counters) && settings.InactivityTimeout is { } timeout
            ? Become(ended, JobQueueEntryState.OnHoldWithInactivityTimeout, now + timeout)
            : Recur(ended, settings.Schedule, now);
    }

    /// <summary>The run of the entry was ended by an exception.</summary>
    public static StoredJobQueueEntry AfterFailure(
        StoredJobQueueEntry entry, EntrySettings settings, string message, DateTimeOffset now)
    {
        var failed = Ended(entry) with { Attempts = entry.Attempts + 1, LastFinishedOn = now, Message = message };
        return failed.Attempts >= settings.MaximumAttempts
            ? Become(failed, JobQueueEntryState.Error, null)
            : Become(failed, JobQueueEntryState.Ready, now + settings.RetryDelay);
    }

    /// <summary>The run did not begin, because somebody else runs the mapping. That is no failed attempt.</summary>
    public static StoredJobQueueEntry AfterBusy(
        StoredJobQueueEntry entry, string message, DateTimeOffset now, TimeSpan delay) =>
        Become(Ended(entry) with { Message = message }, JobQueueEntryState.Ready, now + delay);

    /// <summary>
    /// The process of the run was stopped, or has died. That is no failed attempt: the next one starts at once.
    /// </summary>
    public static StoredJobQueueEntry AfterStop(StoredJobQueueEntry entry, DateTimeOffset now) =>
        Become(Ended(entry), JobQueueEntryState.Ready, now);

    /// <summary>A person puts the entry on hold. A run in process is not stopped.</summary>
    public static StoredJobQueueEntry Hold(StoredJobQueueEntry entry) => entry.State switch
    {
        JobQueueEntryState.Finished => entry,
        JobQueueEntryState.InProcess => entry with { StateBefore = JobQueueEntryState.OnHold },
        _ when IsHeldByFull(entry) => entry with { StateBefore = JobQueueEntryState.OnHold },
        _ => entry with { State = JobQueueEntryState.OnHold, StateBefore = null },
    };

    /// <summary>A person ends a hold, an inactivity timeout, or an error.</summary>
    public static StoredJobQueueEntry Resume(StoredJobQueueEntry entry, DateTimeOffset now) => entry.State switch
    {
        JobQueueEntryState.Finished or JobQueueEntryState.Ready => entry with { StateBefore = null },
        JobQueueEntryState.InProcess => entry with { StateBefore = null },
        _ when IsHeldByFull(entry) =>
            entry with { StateBefore = JobQueueEntryState.Ready, EarliestStartOn = now, Attempts = 0 },
        _ => entry with { State = JobQueueEntryState.Ready, EarliestStartOn = now, Attempts = 0 },
    };

    /// <summary>
    /// A person starts the entry now. One that is on hold is run once and is then on hold again; one in error has one
    /// more attempt.
    /// </summary>
    public static StoredJobQueueEntry RunNow(StoredJobQueueEntry entry, DateTimeOffset now) => entry.State switch
    {
        JobQueueEntryState.InProcess => entry with { EarliestStartOn = entry.EarliestStartOn ?? now },
        _ when IsHeldByFull(entry) => entry with { EarliestStartOn = now },
        JobQueueEntryState.OnHold =>
            entry with { State = JobQueueEntryState.Ready, StateBefore = JobQueueEntryState.OnHold, EarliestStartOn = now },
        _ => entry with { State = JobQueueEntryState.Ready, EarliestStartOn = now },
    };

    /// <summary>
    /// Something has changed in a system: an entry that sleeps, or would start later, starts after a short time.
    /// </summary>
    public static StoredJobQueueEntry Wake(StoredJobQueueEntry entry, DateTimeOffset now, TimeSpan delay)
    {
        var start = now + delay;
        var isSoon = entry.EarliestStartOn <= start + delay;
        return entry.State switch
        {
            JobQueueEntryState.InProcess => entry with { EarliestStartOn = entry.EarliestStartOn ?? start },
            JobQueueEntryState.Ready when isSoon => entry,
            JobQueueEntryState.Ready => entry with { EarliestStartOn = start },
            JobQueueEntryState.OnHoldWithInactivityTimeout =>
                entry with { State = JobQueueEntryState.Ready, EarliestStartOn = isSoon ? entry.EarliestStartOn : start },
            _ when SleepsBehindFull(entry) => entry with { StateBefore = JobQueueEntryState.Ready, EarliestStartOn = start },
            _ => entry,
        };
    }

    /// <summary>A full synchronization of the mapping is due or in process.</summary>
    public static StoredJobQueueEntry HoldForFull(StoredJobQueueEntry entry) =>
        entry.State == JobQueueEntryState.InProcess || IsHeldByFull(entry)
            ? entry
            : entry with { State = JobQueueEntryState.OnHold, StateBefore = entry.StateBefore ?? entry.State };

    /// <summary>The full synchronization has ended.</summary>
    public static StoredJobQueueEntry GiveBack(StoredJobQueueEntry entry) =>
        IsHeldByFull(entry) ? entry with { State = entry.StateBefore!.Value, StateBefore = null } : entry;

    private static bool IsHeldByFull(StoredJobQueueEntry entry) =>
        entry is { State: JobQueueEntryState.OnHold, StateBefore: not null };

    private static bool SleepsBehindFull(StoredJobQueueEntry entry) =>
        IsHeldByFull(entry) && entry.StateBefore == JobQueueEntryState.OnHoldWithInactivityTimeout;

    private static bool IsIdle(SyncCounters counters) =>
        counters.Inserted + counters.Modified + counters.Deleted + counters.Failed == 0;

    private static StoredJobQueueEntry Ended(StoredJobQueueEntry entry) =>
        entry with { Owner = null, OwnedUntil = null, OwnershipDuration = null };

    // A cron expression with a year ends at some time.
    private static StoredJobQueueEntry Recur(StoredJobQueueEntry entry, EntrySchedule schedule, DateTimeOffset now) =>
        schedule.Next(now) is { } next
            ? Become(entry, JobQueueEntryState.Ready, next)
            : Become(entry, JobQueueEntryState.Finished, null);

    private static StoredJobQueueEntry Become(
        StoredJobQueueEntry entry, JobQueueEntryState state, DateTimeOffset? earliestStartOn) => entry with
        {
            State = entry.StateBefore ?? state,
            StateBefore = null,
            EarliestStartOn = earliestStartOn,
        };
}
