namespace Dataverse.Sync.Hosting.Tests;

/// <summary>The table of the transitions: which event makes what of an entry.</summary>
public sealed class EntryTransitionsTests
{
    private const JobQueueEntryState Ready = JobQueueEntryState.Ready;
    private const JobQueueEntryState InProcess = JobQueueEntryState.InProcess;
    private const JobQueueEntryState OnHold = JobQueueEntryState.OnHold;
    private const JobQueueEntryState Sleeping = JobQueueEntryState.OnHoldWithInactivityTimeout;
    private const JobQueueEntryState Error = JobQueueEntryState.Error;
    private const JobQueueEntryState Finished = JobQueueEntryState.Finished;

    private static readonly DateTimeOffset Now = QueueFixture.Start;

    private static readonly EntrySettings Recurring =
        new("CUSTOMER", SyncJobKind.Modified, EntrySchedule.Every(TimeSpan.FromMinutes(30)))
        {
            MaximumAttempts = 3,
            RetryDelay = TimeSpan.FromSeconds(30),
        };

    /// <summary>Event, state and state before it, minutes to the start, and the same afterwards; a null start is none.</summary>
    public static TheoryData<string, JobQueueEntryState, JobQueueEntryState?, double?, JobQueueEntryState, JobQueueEntryState?, double?> Table => new()
    {
        { "hold", Ready, null, 10, OnHold, null, 10 },
        { "hold", Ready, Error, 10, OnHold, null, 10 },
        { "hold", InProcess, null, null, InProcess, OnHold, null },
        { "hold", Sleeping, null, 100, OnHold, null, 100 },
        { "hold", Error, null, null, OnHold, null, null },
        { "hold", Finished, null, null, Finished, null, null },
        { "hold", OnHold, Ready, 10, OnHold, OnHold, 10 },
        { "resume", OnHold, null, 10, Ready, null, 0 },
        { "resume", Sleeping, null, 100, Ready, null, 0 },
        { "resume", Error, null, null, Ready, null, 0 },
        { "resume", Ready, null, 10, Ready, null, 10 },
        { "resume", InProcess, OnHold, null, InProcess, null, null },
        { "resume", OnHold, OnHold, 10, OnHold, Ready, 0 },
        { "resume", Finished, null, null, Finished, null, null },
        { "run now", Ready, null, 10, Ready, null, 0 },
        { "run now", Sleeping, null, 100, Ready, null, 0 },
        { "run now", OnHold, null, 10, Ready, OnHold, 0 },
        { "run now", Error, null, null, Ready, null, 0 },
        { "run now", Finished, null, null, Ready, null, 0 },
        { "run now", InProcess, null, null, InProcess, null, 0 },
        { "run now", OnHold, Sleeping, 100, OnHold, Sleeping, 0 },
        { "wake", Sleeping, null, 100, Ready, null, 1 },
        { "wake", Sleeping, null, 1.5, Ready, null, 1.5 },
        { "wake", Ready, null, 10, Ready, null, 1 },
        { "wake", Ready, null, 2, Ready, null, 2 },
        { "wake", Ready, null, 0, Ready, null, 0 },
        { "wake", InProcess, null, null, InProcess, null, 1 },
        { "wake", InProcess, null, 0.5, InProcess, null, 0.5 },
        { "wake", OnHold, null, 10, OnHold, null, 10 },
        { "wake", OnHold, Sleeping, 100, OnHold, Ready, 1 },
        { "wake", OnHold, Ready, 100, OnHold, Ready, 100 },
        { "wake", Error, null, null, Error, null, null },
        { "wake", Finished, null, null, Finished, null, null },
        { "full", Ready, null, 10, OnHold, Ready, 10 },
        { "full", Ready, OnHold, 0, OnHold, OnHold, 0 },
        { "full", Sleeping, null, 100, OnHold, Sleeping, 100 },
        { "full", OnHold, null, 10, OnHold, OnHold, 10 },
        { "full", OnHold, Sleeping, 100, OnHold, Sleeping, 100 },
        { "full", Error, null, null, OnHold, Error, null },
        { "full", InProcess, null, null, InProcess, null, null },
        { "give back", OnHold, Sleeping, 100, Sleeping, null, 100 },
        { "give back", OnHold, OnHold, 10, OnHold, null, 10 },
        { "give back", OnHold, null, 10, OnHold, null, 10 },
        { "give back", Ready, OnHold, 0, Ready, OnHold, 0 },
        { "give back", InProcess, OnHold, null, InProcess, OnHold, null },
        { "stop", InProcess, null, null, Ready, null, 0 },
        { "stop", InProcess, OnHold, null, OnHold, null, 0 },
        { "busy", InProcess, null, null, Ready, null, 1 },
        { "ended", InProcess, null, null, Ready, null, 30 },
        { "ended", InProcess, null, 2, Ready, null, 2 },
        { "ended", InProcess, OnHold, null, OnHold, null, 30 },
        { "ended", InProcess, Error, null, Error, null, 30 },
        { "idle", InProcess, null, null, Ready, null, 30 },
        { "idle, may sleep", InProcess, null, null, Sleeping, null, 720 },
        { "idle, may sleep", InProcess, null, 1, Ready, null, 1 },
        { "idle, may sleep", InProcess, OnHold, null, OnHold, null, 720 },
        { "stopped, may sleep", InProcess, null, null, Ready, null, 30 },
        { "ended, once", InProcess, null, null, Finished, null, null },
        { "ended, once", InProcess, null, 0, Ready, null, 0 },
        { "failed", InProcess, null, null, Ready, null, 0.5 },
        { "failed", InProcess, OnHold, null, OnHold, null, 0.5 },
        { "failed finally", InProcess, null, null, Error, null, null },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Event_makes_of_an_entry_what_the_table_says(
        string happened,
        JobQueueEntryState state,
        JobQueueEntryState? before,
        double? start,
        JobQueueEntryState newState,
        JobQueueEntryState? newBefore,
        double? newStart)
    {
        var isInProcess = state == InProcess;
        var entry = new StoredJobQueueEntry
        {
            Name = "CUSTOMER",
            Mapping = "CUSTOMER",
            Version = 7,
            State = state,
            StateBefore = before,
            EarliestStartOn = At(start),
            Owner = isInProcess ? "process" : null,
            OwnedUntil = isInProcess ? Now.AddMinutes(1) : null,
        };

        var changed = Apply(happened, entry);

        (changed.State, changed.StateBefore, changed.EarliestStartOn).Should().Be((newState, newBefore, At(newStart)));
        (changed.Owner is not null).Should().Be(newState == InProcess);
        changed.Version.Should().Be(7);
    }

    [Fact]
    public void Start_and_end_of_a_run_are_noted()
    {
        var entry = EntryTransitions.New(Recurring, Now);
        var started = EntryTransitions.Start(entry, "process", Now, TimeSpan.FromMinutes(1));
        var job = Job(SyncJobStatus.Stopped, new() { Modified = 1 }) with { Message = "too many deletions" };

        var failed = EntryTransitions.AfterFailure(started, Recurring, "no answer", Now.AddMinutes(1));
        var ended = EntryTransitions.AfterRun(started with { Attempts = 2 }, Recurring, job, Now.AddMinutes(2));

        started.Should().Be(entry with
        {
            State = InProcess,
            EarliestStartOn = null,
            LastStartedOn = Now,
            Owner = "process",
            OwnedUntil = Now.AddMinutes(1),
            OwnershipDuration = TimeSpan.FromMinutes(1),
        });
        EntryTransitions.Renew(started, Now.AddSeconds(20), TimeSpan.FromMinutes(2)).Should().Be(started with
        {
            OwnedUntil = Now.AddSeconds(140),
            OwnershipDuration = TimeSpan.FromMinutes(2),
        });
        (failed.Owner, failed.OwnedUntil, failed.OwnershipDuration).Should().Be((null, null, null));
        (failed.Attempts, failed.Message, failed.LastFinishedOn, failed.LastSucceededOn)
            .Should().Be((1, "no answer", Now.AddMinutes(1), null));
        (ended.Attempts, ended.Message, ended.LastFinishedOn, ended.LastSucceededOn, ended.LastJobId)
            .Should().Be((0, "too many deletions", Now.AddMinutes(2), null, job.Id));
    }

    [Theory]
    [InlineData(Ready, 100.0, null, 30.0)]
    [InlineData(Ready, 10.0, null, 10.0)]
    [InlineData(Sleeping, 1440.0, 720.0, 720.0)]
    [InlineData(Sleeping, 1440.0, null, 30.0)]
    [InlineData(OnHold, 100.0, null, 100.0)]
    public void Shorter_times_of_the_settings_apply_to_stored_entries(
        JobQueueEntryState state, double start, double? timeout, double newStart)
    {
        var entry = EntryTransitions.New(Recurring, Now) with { State = state, EarliestStartOn = At(start) };
        var settings = Recurring with { InactivityTimeout = timeout is { } minutes ? TimeSpan.FromMinutes(minutes) : null };

        EntryTransitions.Adopt(entry, settings, Now).EarliestStartOn.Should().Be(At(newStart));
    }

    [Fact]
    public void Cron_expression_decides_when_an_entry_starts_until_it_has_no_more_occurrences()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var settings = Recurring with { Schedule = EntrySchedule.TryParse("0 30 2 * * ? 2026", berlin) };
        var entry = EntryTransitions.New(settings, Now);
        var job = Job(SyncJobStatus.Finished, SyncCounters.None);

        entry.EarliestStartOn.Should().Be(new DateTimeOffset(2026, 3, 3, 1, 30, 0, TimeSpan.Zero));
        var running = EntryTransitions.Start(entry, "process", Now, TimeSpan.FromMinutes(1));
        EntryTransitions.AfterRun(running, settings, job, Now.AddDays(1)).EarliestStartOn.Should().Be(entry.EarliestStartOn!.Value.AddDays(1));
        EntryTransitions.AfterRun(running, settings, job, Now.AddYears(1)).State.Should().Be(Finished);
    }

    private static StoredJobQueueEntry Apply(string happened, StoredJobQueueEntry entry)
    {
        var sleepy = Recurring with { InactivityTimeout = TimeSpan.FromMinutes(720) };
        var idle = new SyncCounters { Unchanged = 5, Skipped = 2 };
        var active = new SyncCounters { Failed = 1 };
        return happened switch
        {
            "hold" => EntryTransitions.Hold(entry),
            "resume" => EntryTransitions.Resume(entry, Now),
            "run now" => EntryTransitions.RunNow(entry, Now),
            "wake" => EntryTransitions.Wake(entry, Now, TimeSpan.FromMinutes(1)),
            "full" => EntryTransitions.HoldForFull(entry),
            "give back" => EntryTransitions.GiveBack(entry),
            "stop" => EntryTransitions.AfterStop(entry, Now),
            "busy" => EntryTransitions.AfterBusy(entry, "busy", Now, TimeSpan.FromMinutes(1)),
            "ended" => EntryTransitions.AfterRun(entry, sleepy, Job(SyncJobStatus.Finished, active), Now),
            "idle" => EntryTransitions.AfterRun(entry, Recurring, Job(SyncJobStatus.Finished, idle), Now),
            "idle, may sleep" => EntryTransitions.AfterRun(entry, sleepy, Job(SyncJobStatus.Finished, idle), Now),
            "stopped, may sleep" => EntryTransitions.AfterRun(entry, sleepy, Job(SyncJobStatus.Stopped, idle), Now),
            "ended, once" => EntryTransitions.AfterRun(
                entry, Recurring with { Schedule = null }, Job(SyncJobStatus.Finished, idle), Now),
            "failed" => EntryTransitions.AfterFailure(entry with { Attempts = 1 }, Recurring, "reason", Now),
            "failed finally" => EntryTransitions.AfterFailure(entry with { Attempts = 2 }, Recurring, "reason", Now),
            _ => throw new ArgumentOutOfRangeException(nameof(happened)),
        };
    }

    private static SyncJob Job(SyncJobStatus status, SyncCounters counters) => new()
    {
        Id = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        Key = new("scope", "CUSTOMER"),
        Kind = SyncJobKind.Modified,
        Direction = SyncDirection.Bidirectional,
        StartedOn = Now,
        FinishedOn = Now,
        Status = status,
        Counters = counters,
    };

    private static DateTimeOffset? At(double? minutes) => minutes is { } after ? Now.AddMinutes(after) : null;
}
