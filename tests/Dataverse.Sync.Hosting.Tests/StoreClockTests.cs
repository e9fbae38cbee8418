using static Dataverse.Sync.Hosting.Tests.QueueFixture;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>Machines whose clocks differ, on a store that tells the time.</summary>
public sealed class StoreClockTests
{
    private readonly SharedStore store = new(Start);

    [Fact]
    public async Task Entries_start_by_the_clock_of_the_store_and_not_by_that_of_the_process()
    {
        var (ahead, queue) = Machine(TimeSpan.FromHours(7));

        await queue.RunDueAsync();
        (await queue.ListAsync()).Should().OnlyContain(entry => entry.Stored.LastStartedOn == Start
            && entry.Stored.EarliestStartOn == Start.AddMinutes(30) && entry.ExpectedOn == Start.AddMinutes(30));
        await ahead.PassAsync(TimeSpan.FromHours(1), queue);
        (await ahead.JobsAsync(Customers)).Should().ContainSingle("no time has passed in the store");

        store.Clock.Advance(TimeSpan.FromMinutes(30));
        await queue.RunDueAsync();
        (await ahead.JobsAsync(Customers)).Should().HaveCount(2);
    }

    [Theory]
    [InlineData(-7)]
    [InlineData(7)]
    public async Task Entry_in_process_is_left_alone_by_a_machine_with_another_clock_until_its_ownership_has_expired(int hours)
    {
        var (fixture, queue) = Machine(TimeSpan.Zero);
        _ = await queue.ListAsync();
        var entry = await fixture.StateAsync(Customers);
        _ = await store.TrySaveEntryAsync(
            fixture.Scope, EntryTransitions.Start(entry, "another", Start, TimeSpan.FromMinutes(1)), default);
        var (other, late) = Machine(TimeSpan.FromHours(hours));

        await late.RunDueAsync();
        (await fixture.StateAsync(Customers)).Owner.Should().Be("another");

        store.Clock.Advance(TimeSpan.FromMinutes(1));
        await late.RunDueAsync();
        (await other.JobsAsync(Customers)).Should().ContainSingle();
    }

    private (QueueFixture Fixture, JobQueue Queue) Machine(TimeSpan ahead)
    {
        var fixture = new QueueFixture(store);
        fixture.Time.AdjustTime(Start + ahead);
        return (fixture, fixture.NewQueue());
    }
}
