using static Dataverse.Sync.Hosting.Tests.QueueFixture;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>What happens to an entry while it is in process.</summary>
public sealed class JobQueueRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly QueueFixture fixture = new();

    [Fact]
    public async Task Entry_of_a_process_that_died_is_started_by_another_one_after_its_time()
    {
        var queue = fixture.NewQueue();
        _ = await queue.ListAsync();
        await SaveAsync(await fixture.StateAsync(Customers) with
        {
            State = JobQueueEntryState.InProcess,
            Owner = "a process that died",
            OwnedUntil = Start.AddMinutes(1),
        });

        await queue.RunDueAsync();
        (await fixture.JobsAsync(Customers)).Should().BeEmpty();
        (await fixture.JobsAsync(Contacts)).Should().BeEmpty("contacts wait for customers");

        await fixture.PassAsync(TimeSpan.FromMinutes(1), queue);
        (await fixture.StartsAsync(Customers)).Should().Equal(TimeSpan.FromMinutes(1));
        (await fixture.StateAsync(Customers)).Should().Match<StoredJobQueueEntry>(entry =>
            entry.State == JobQueueEntryState.Ready && entry.Owner == null && entry.OwnedUntil == null && entry.Attempts == 0);
    }

    [Fact]
    public async Task Entry_of_a_process_that_died_while_a_clock_ran_ahead_starts_when_the_clock_is_right_again()
    {
        fixture.Time.Advance(TimeSpan.FromDays(400));
        var queue = fixture.NewQueue();
        _ = await queue.ListAsync();
        var entry = await fixture.StateAsync(Customers);
        await SaveAsync(EntryTransitions.Start(entry, "a process that died", fixture.Time.GetUtcNow(), TimeSpan.FromMinutes(5)));

        var later = new QueueFixture(fixture.Store);
        var state = (await later.NewQueue().ListAsync()).Single(found => found.Name == Customers).Stored;
        state.Should().Match<StoredJobQueueEntry>(found =>
            found.State == JobQueueEntryState.Ready && found.EarliestStartOn == Start && found.Owner == null);
    }

    [Fact]
    public async Task Entry_of_an_owner_with_a_longer_duration_is_left_to_it()
    {
        var queue = fixture.NewQueue(options => options.OwnershipDuration = TimeSpan.FromSeconds(5));
        _ = await queue.ListAsync();
        var entry = await fixture.StateAsync(Customers);
        await SaveAsync(EntryTransitions.Start(entry, "another", Start, TimeSpan.FromHours(1)));

        await queue.RunDueAsync();

        (await fixture.StateAsync(Customers)).Owner.Should().Be("another");
    }

    [Fact]
    public async Task Entry_in_process_is_renewed_for_as_long_as_it_runs()
    {
        var pause = new Pause(fixture.Local, "customers");
        var queue = fixture.NewQueue();
        var running = queue.RunDueAsync();
        await pause.Reached.WaitAsync(Patience);

        for (var renewal = 1; renewal <= 6; renewal++)
        {
            var before = await fixture.StateAsync(Customers);
            fixture.Time.Advance(TimeSpan.FromSeconds(20));
            await EventuallyAsync(async () => (await fixture.StateAsync(Customers)).OwnedUntil > before.OwnedUntil);
            await fixture.NewQueue().RunDueAsync();
        }

        pause.Release();
        await running.WaitAsync(Patience);
        (await fixture.JobsAsync(Customers)).Should().ContainSingle().Which.Status.Should().Be(SyncJobStatus.Finished);
    }

    [Fact]
    public async Task Run_whose_entry_was_taken_by_another_process_is_ended_and_changes_nothing()
    {
        var pause = new Pause(fixture.Local, "customers");
        var running = fixture.NewQueue().RunDueAsync();
        await pause.Reached.WaitAsync(Patience);
        await SaveAsync(await fixture.StateAsync(Customers) with
        {
            Owner = "another",
            OwnedUntil = Start.AddHours(1),
            OwnershipDuration = TimeSpan.FromHours(1),
        });

        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        await running.WaitAsync(Patience);
        (await fixture.StateAsync(Customers)).Should().Match<StoredJobQueueEntry>(entry =>
            entry.State == JobQueueEntryState.InProcess && entry.Owner == "another");
    }

    [Fact]
    public async Task Entry_whose_run_is_cancelled_starts_at_once_in_the_next_process()
    {
        using var stopping = new CancellationTokenSource();
        var pause = new Pause(fixture.Local, "customers");
        var running = fixture.NewQueue().RunDueAsync(stopping.Token);
        await pause.Reached.WaitAsync(Patience);

        await stopping.CancelAsync();

        await FluentActions.Awaiting(() => running.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
        var stopped = await fixture.StateAsync(Customers);
        stopped.Should().Match<StoredJobQueueEntry>(entry =>
            entry.State == JobQueueEntryState.Ready && entry.EarliestStartOn == Start && entry.Attempts == 0);
        pause.Release();
        await fixture.NewQueue().RunDueAsync();
        (await fixture.StateAsync(Customers)).LastSucceededOn.Should().Be(Start);
    }

    [Fact]
    public async Task Entries_that_were_taken_before_the_store_failed_are_run_and_not_left_without_anybody()
    {
        var store = new SharedStore(Start);
        var unchained = new QueueFixture(store, isChained: false);
        var queue = unchained.NewQueue();
        _ = await queue.ListAsync();
        store.RefusedAfterFirst = JobQueueEntryState.InProcess;

        var run = () => queue.RunDueAsync();

        await run.Should().ThrowAsync<CouplingStoreException>("the next look fails");
        (await unchained.StateAsync(Contacts)).Should().Match<StoredJobQueueEntry>(entry =>
            entry.State == JobQueueEntryState.Ready && entry.LastSucceededOn == Start && entry.Owner == null);
        store.RefusedAfterFirst = null;
        await queue.RunDueAsync();
        (await unchained.JobsAsync(Contacts)).Should().ContainSingle();
        (await unchained.JobsAsync(Customers)).Should().ContainSingle();
    }

    [Fact]
    public async Task Mapping_that_somebody_else_runs_is_tried_again_soon_without_a_failed_attempt()
    {
        var queue = fixture.NewQueue(options => options.BusyDelay = TimeSpan.FromMinutes(2));
        var lease = await fixture.Store.TryAcquireLeaseAsync(
            new(fixture.Scope, Customers), "a person", TimeSpan.FromMinutes(3), default);
        lease.Should().NotBeNull();

        await queue.RunDueAsync();
        (await fixture.StateAsync(Customers)).Should().Match<StoredJobQueueEntry>(entry =>
            entry.State == JobQueueEntryState.Ready && entry.Attempts == 0 && entry.EarliestStartOn == Start.AddMinutes(2)
            && entry.Message!.Contains("synchronized by another run"));

        await fixture.PassAsync(TimeSpan.FromMinutes(5), queue);
        (await fixture.StateAsync(Customers)).LastSucceededOn.Should().Be(Start.AddMinutes(4));
    }

    [Fact]
    public async Task Entry_that_is_held_or_woken_during_its_run_obeys_afterwards()
    {
        var queue = fixture.NewQueue();
        var pause = new Pause(fixture.Local, "customers");
        var running = queue.RunDueAsync();
        await pause.Reached.WaitAsync(Patience);

        (await queue.HoldAsync("customer")).State.Should().Be(JobQueueEntryState.InProcess);
        _ = await queue.WakeAsync(Customers);
        pause.Release();
        await running.WaitAsync(Patience);

        (await fixture.StateAsync(Customers)).State.Should().Be(JobQueueEntryState.OnHold);
    }

    [Fact]
    public async Task Mapping_that_is_switched_off_or_disabled_in_the_queue_is_not_run()
    {
        using var engine = fixture.NewEngine();
        var options = new JobQueueOptions { Entries = { new() { Mapping = Contacts, IsEnabled = false } } };
        var queue = new JobQueue(engine, options, fixture.Time);
        engine.Mappings.Change(Customers, mapping => mapping.Enabled(false));

        await queue.RunDueAsync();

        (await fixture.JobsAsync(Customers)).Should().BeEmpty();
        (await fixture.JobsAsync(Contacts)).Should().BeEmpty();
        (await fixture.JobsAsync(People)).Should().ContainSingle();
        (await queue.ListAsync()).Select(entry => (entry.Name, entry.IsEnabled)).Should().Equal(
            (People, true), (Customers, false), (Contacts, false));
    }

    [Fact]
    public async Task Stop_by_the_fuse_is_a_run_that_ended_and_its_message_is_shown()
    {
        var queue = fixture.NewQueue(options => options.BusinessCentralDefaults());
        var ids = Enumerable.Range(1, 20).Select(number => fixture.Insert("customers", $"C{number}")).ToList();
        await queue.RunDueAsync();
        ids.ForEach(id => fixture.Local["customers"].Delete(id));
        fixture.Time.Advance(TimeSpan.FromDays(2));

        await queue.RunDueAsync();

        (await fixture.JobsAsync(Customers))[^1].Status.Should().Be(SyncJobStatus.Stopped);
        var entry = await fixture.StateAsync(Customers);
        entry.State.Should().Be(JobQueueEntryState.Ready);
        entry.Attempts.Should().Be(0);
        entry.Message.Should().NotBeNullOrEmpty();
        entry.LastSucceededOn.Should().Be(Start);
    }

    [Fact]
    public async Task Full_synchronization_that_fails_gives_the_entry_its_state_back_in_the_end()
    {
        var queue = fixture.NewQueue();
        await queue.RunDueAsync();
        fixture.Break("customers");
        _ = await queue.SynchronizeFullAsync(["customer"]);

        await queue.RunDueAsync();
        (await fixture.StateAsync("CUSTOMER (full)")).Attempts.Should().Be(1);
        (await fixture.StateAsync(Customers)).Should().Match<StoredJobQueueEntry>(entry =>
            entry.State == JobQueueEntryState.OnHold && entry.StateBefore == JobQueueEntryState.Ready);

        await fixture.PassAsync(TimeSpan.FromMinutes(1), queue);
        (await fixture.StateAsync("CUSTOMER (full)")).State.Should().Be(JobQueueEntryState.Error);
        (await fixture.StateAsync(Customers)).State.Should().Be(JobQueueEntryState.Ready);
    }

    [Fact]
    public async Task Unknown_entries_and_mappings_are_refused()
    {
        var queue = fixture.NewQueue();

        await FluentActions.Awaiting(() => queue.HoldAsync("ITEM")).Should().ThrowAsync<SyncConfigurationException>();
        await FluentActions.Awaiting(() => queue.WakeAsync("ITEM")).Should().ThrowAsync<SyncConfigurationException>();
        await FluentActions.Awaiting(() => queue.SynchronizeFullAsync(["ITEM"])).Should().ThrowAsync<SyncConfigurationException>();
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task SaveAsync(StoredJobQueueEntry entry) =>
        (await fixture.States.TrySaveEntryAsync(fixture.Scope, entry, default)).Should().BeTrue();
}
