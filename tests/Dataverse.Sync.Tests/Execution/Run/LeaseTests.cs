using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Nothing is sent under a lease that may be lost, or later than the journal says.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan Sleep = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_process_that_slept_beyond_its_lease_sends_nothing_after_another_engine_took_over(
        bool wallClockRan, bool monotonicClockRan)
    {
        using var crm = new EngineFixture();
        var storeTime = new FakeTimeProvider(EngineFixture.Start);
        var memory = new InMemoryCouplingStore(storeTime);
        var store = new HookedCouplingStore(memory);
        var clocks = new TwoClocks();
        var target = new HookedConnector(crm.Integration);
        using var engine = NewEngine(crm, store, clocks, crm.Local, target);
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        store.After = (_, commit) =>
        {
            if (commit?.Intents.Count > 0)
            {
                clocks.WallClock += wallClockRan ? Sleep : TimeSpan.Zero;
                clocks.MonotonicClock += monotonicClockRan ? Sleep : TimeSpan.Zero;
                storeTime.Advance(Sleep);
                var taken = memory.TryAcquireLeaseAsync(store.Lease!.Key, "another", Sleep, default);
                taken.AsTask().GetAwaiter().GetResult().Should().NotBeNull();
            }
        };

        var run = () => engine.SynchronizeFullAsync("CUSTOMER");

        await run.Should().ThrowAsync<LeaseLostException>();
        target.Batches.Should().BeEmpty();
    }

    [Fact]
    public async Task An_insert_that_did_not_leave_in_time_is_journaled_again_and_sent_once_by_the_same_run()
    {
        using var crm = new EngineFixture();
        var clocks = new TwoClocks();
        var local = CrmTables.NewLocal(clocks);
        var store = new HookedCouplingStore(new InMemoryCouplingStore(clocks));
        var target = new HookedConnector(local);
        using var engine = NewEngine(crm, store, clocks, target, crm.Integration);
        _ = crm.Accounts.Insert(("name", "Fabrikam"));
        var sleeps = 1;
        store.After = (_, commit) =>
        {
            if (commit?.Intents.Count > 0 && sleeps-- > 0)
            {
                clocks.WallClock += Sleep;
            }
        };

        var job = await engine.SynchronizeFullAsync("CUSTOMER");

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        local["customers"].Records.Should().ContainSingle();
        target.Batches.Should().HaveCount(2).And.OnlyContain(batch => batch.SendBefore != null);
        store.Commits.SelectMany(commit => commit.Intents).Where(intent => intent.Kind == WriteKind.Insert)
            .Select(intent => intent.SendBefore)
            .Should().Equal(target.Batches.Select(batch => batch.SendBefore));
        target.Batches[1].SendBefore.Should().BeAfter(clocks.WallClock).And.BeBefore(clocks.WallClock.AddMinutes(1));
    }

    [Fact]
    public async Task The_window_of_an_uncertain_insert_counts_from_the_time_by_which_it_had_to_leave()
    {
        using var crm = new EngineFixture();
        _ = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.FullAsync();
        var intent = (await crm.IntentsAsync()).Should().ContainSingle().Subject;

        crm.Time.Advance(TimeSpan.FromMinutes(10));
        _ = await crm.ModifiedAsync();
        var within = crm.Customers.Count;
        crm.Time.Advance(TimeSpan.FromMinutes(1));
        _ = await crm.ModifiedAsync();

        intent.SendBefore.Should().BeAfter(intent.JournaledOn).And.BeBefore(intent.JournaledOn.AddMinutes(1));
        (within, crm.Customers.Count).Should().Be((0, 1));
    }

    [Fact]
    public async Task A_run_longer_than_its_lease_renews_it_before_it_writes()
    {
        using var crm = new EngineFixture();
        var clocks = new TwoClocks();
        var store = new HookedCouplingStore(new InMemoryCouplingStore(clocks));
        using var engine = NewEngine(crm, store, clocks, crm.Local, crm.Integration);
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        crm.Local.Faults.BeforeCall = (_, _) =>
        {
            clocks.WallClock += Sleep;
            return ValueTask.CompletedTask;
        };

        var job = await engine.SynchronizeFullAsync("CUSTOMER");

        job.Counters.Inserted.Should().Be(1);
        (await engine.Couplings.ListAsync("CUSTOMER").ToListAsync()).Should().ContainSingle();
    }

    private static SyncEngine NewEngine(
        EngineFixture crm, ICouplingStore store, TimeProvider time, ITableConnector local, ITableConnector integration) => new(
        new()
        {
            Local = local,
            Integration = integration,
            Store = store,
            TimeProvider = time,
            Mappings = crm.Engine.Mappings.All,
        });
}
