using Dataverse.Sync.Testing;
using static Dataverse.Sync.Hosting.Tests.QueueFixture;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>A simulated week: intervals, inactivity, wake-ups, failures, holds, a full synchronization, and restarts.</summary>
public sealed class JobQueueWeekTests
{
    private readonly QueueFixture fixture = new();

    [Fact]
    public async Task Week_of_a_job_queue_goes_as_configured()
    {
        static void Configure(JobQueueOptions options)
        {
            _ = options.BusinessCentralDefaults();
            options.Entries.Add(new() { Mapping = Contacts, Cron = "0 30 2 * * ?" });
            options.Entries.Add(new() { Mapping = Customers, Interval = TimeSpan.FromHours(1), MaximumAttempts = 4 });
        }

        _ = fixture.Insert("salespeople", "P1");
        _ = fixture.Insert("customers", "C1");
        var queue = fixture.NewQueue(Configure);
        await queue.RunDueAsync();

        // Monday: salespeople were created, so the entry goes on, finds nothing, and sleeps.
        await fixture.PassAsync(TimeSpan.FromHours(16), queue);
        (await fixture.StartsAsync(People)).Should().Equal(TimeSpan.Zero, TimeSpan.FromMinutes(30));
        (await fixture.StateAsync(People)).State.Should().Be(JobQueueEntryState.OnHoldWithInactivityTimeout);
        (await fixture.StartsAsync(Customers)).Should().Equal(Enumerable.Range(0, 17).Select(hour => TimeSpan.FromHours(hour)));

        // Tuesday: something changes in the table of salespeople, and the process is replaced.
        _ = fixture.Insert("salespeople", "P2");
        _ = await queue.WakeAsync(People);
        queue = fixture.NewQueue(Configure);
        await fixture.PassAsync(TimeSpan.FromHours(24), queue);
        (await fixture.StartsAsync(People)).Skip(2).Should().Equal(
            new TimeSpan(16, 0, 30), new TimeSpan(16, 30, 30));
        (await fixture.StartsAsync(Contacts)).Should().Equal(new TimeSpan(18, 30, 0));

        // Wednesday: customers cannot be read, until the entry is in error. Nobody else is held back.
        fixture.Break("customers");
        await fixture.PassAsync(TimeSpan.FromHours(24), queue);
        var broken = await fixture.StateAsync(Customers);
        broken.State.Should().Be(JobQueueEntryState.Error);
        broken.Attempts.Should().Be(4);
        broken.Message.Should().Be("It failed with InvalidOperationException.");
        broken.LastSucceededOn.Should().Be(Start + TimeSpan.FromHours(40));
        (await fixture.StartsAsync(Customers)).Skip(41).Should().Equal(
            new TimeSpan(41, 0, 0), new TimeSpan(41, 0, 30), new TimeSpan(41, 1, 0), new TimeSpan(41, 1, 30));
        (await fixture.StartsAsync(Contacts)).Should().HaveCount(2);

        // Thursday: the fault is mended, the entry is resumed, then put on hold, during which it is run once.
        fixture.Break("customers", isBroken: false);
        _ = await queue.ResumeAsync(Customers);
        await fixture.PassAsync(TimeSpan.FromHours(1), queue);
        (await fixture.StateAsync(Customers)).Should().Match<StoredJobQueueEntry>(entry =>
            entry.State == JobQueueEntryState.Ready && entry.Attempts == 0 && entry.Message == null);
        _ = await queue.HoldAsync(Customers);
        var before = (await fixture.JobsAsync(Customers)).Count;
        await fixture.PassAsync(TimeSpan.FromHours(12), queue);
        _ = await queue.RunNowAsync(Customers);
        await fixture.PassAsync(TimeSpan.FromHours(11), queue);
        (await fixture.JobsAsync(Customers)).Should().HaveCount(before + 1);
        (await fixture.StateAsync(Customers)).State.Should().Be(JobQueueEntryState.OnHold);

        // Friday: everything is synchronized in full. Each entry is then as it was before.
        var asked = await queue.SynchronizeFullAsync();
        asked.Select(entry => entry.Name).Should().Equal("CONTACT (full)", "CUSTOMER (full)", "SALESPEOPLE (full)");
        (await queue.ListAsync()).Where(entry => !entry.Stored.IsOneTime)
            .Should().OnlyContain(entry => entry.State == JobQueueEntryState.OnHold && entry.Stored.StateBefore != null);
        await fixture.PassAsync(TimeSpan.FromMinutes(1), queue);
        var full = (await queue.ListAsync()).Where(entry => entry.Stored.IsOneTime).ToList();
        full.Select(entry => entry.Mapping).Should().Equal(People, Customers, Contacts);
        full.Should().OnlyContain(entry => entry.State == JobQueueEntryState.Finished && entry.Kind == SyncJobKind.Full);
        (await fixture.StateAsync(Customers)).State.Should().Be(JobQueueEntryState.OnHold);
        (await fixture.StateAsync(Contacts)).State.Should().Be(JobQueueEntryState.Ready);
        (await fixture.StateAsync(People)).State.Should().Be(JobQueueEntryState.OnHoldWithInactivityTimeout);

        // The weekend: all goes on by itself in another process.
        _ = await queue.ResumeAsync(Customers);
        queue = fixture.NewQueue(Configure);
        before = (await fixture.JobsAsync(Customers)).Count;
        await fixture.PassAsync(TimeSpan.FromHours(48), queue);
        (await fixture.JobsAsync(Customers)).Count.Should().Be(before + 48);
        (await fixture.JobsAsync(Customers)).Skip(before).Should().OnlyContain(job => job.Status == SyncJobStatus.Finished);
    }

    [Fact]
    public async Task Entry_that_is_due_waits_for_those_on_which_it_depends()
    {
        var queue = fixture.NewQueue();
        var order = new List<string>();
        fixture.Local.Faults.BeforeCall = (call, _) =>
        {
            lock (order)
            {
                order.Add(call.Table);
            }

            return ValueTask.CompletedTask;
        };
        await queue.RunDueAsync();
        order.Clear();

        await fixture.PassAsync(TimeSpan.FromMinutes(30), queue);

        order.Distinct().Should().Equal("salespeople", "customers", "contacts");
    }

    [Fact]
    public async Task Two_processes_over_one_store_never_run_an_entry_at_once()
    {
        var queues = new[] { fixture.NewQueue(), fixture.NewQueue(), fixture.NewQueue() };

        await fixture.PassAsync(TimeSpan.FromHours(24), queues);

        foreach (var mapping in new[] { People, Customers, Contacts })
        {
            var jobs = await fixture.JobsAsync(mapping);
            jobs.Should().HaveCount(48).And.OnlyContain(job => job.Status == SyncJobStatus.Finished);
            (await fixture.StateAsync(mapping)).Message.Should().BeNull("nobody found the mapping busy");
        }
    }

    [Fact]
    public async Task Old_jobs_are_deleted_except_those_of_stored_failures()
    {
        _ = fixture.Insert("customers", "C1");
        fixture.Integration.Faults.OnWrite = (_, _) => InMemoryWriteFault.Rejected;
        var queue = fixture.NewQueue(options => options.JobRetention = TimeSpan.FromDays(1));
        using var engine = fixture.NewEngine();
        await fixture.PassAsync(TimeSpan.FromHours(72), queue);
        var failure = await engine.Issues.ListFailuresAsync(Customers).SingleAsync();

        var deleted = await queue.DeleteOldJobsAsync();

        deleted.Should().BePositive();
        (await fixture.JobsAsync(People)).Should().HaveCount(48)
            .And.OnlyContain(job => job.FinishedOn >= Start + TimeSpan.FromHours(48));
        (await fixture.JobsAsync(Customers)).Should().Contain(job => job.Id == failure.JobId)
            .And.OnlyContain(job => job.FinishedOn >= Start + TimeSpan.FromHours(48) || job.Id == failure.JobId);
        (await fixture.NewQueue(options => options.JobRetention = null).DeleteOldJobsAsync()).Should().Be(0);
    }
}
