using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>The overlap of a feed delivers a record that was just uncoupled again, as if it were new.</summary>
public sealed class UncoupledRecordTests
{
    [Fact]
    public async Task Survivor_that_was_uncoupled_by_the_policy_is_left_alone_until_it_is_edited()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.RemoveCoupling));
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Edited"));
        _ = await crm.ModifiedAsync();
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();

        for (var run = 0; run < 3; run++)
        {
            crm.Time.Advance(TimeSpan.FromSeconds(30));
            (await crm.ModifiedAsync(new() { RetriesAllFailures = run == 2 })).Counters.Should().Be(SyncCounters.None);
        }

        crm.Accounts.Count.Should().Be(0);
        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Customers.Update(customer, ("displayName", "Edited again"));
        (await crm.ModifiedAsync()).Counters.Should().Be(new SyncCounters { Inserted = 1 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pair_that_a_person_uncoupled_is_left_alone_until_it_is_edited(bool isJustWritten)
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Edited"));
        _ = await crm.ModifiedAsync();
        if (!isJustWritten)
        {
            _ = await crm.ModifiedAsync();
        }

        _ = await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);
        crm.Time.Advance(TimeSpan.FromSeconds(30));
        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(SyncCounters.None);
        (await crm.CouplingsAsync()).Should().BeEmpty();
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        crm.Accounts.Update(account, ("name", "Edited there"));
        (await crm.ModifiedAsync()).Counters.Coupled.Should().Be(1, "the edit makes the engine look for a partner");
    }

    [Theory]
    [InlineData("full")]
    [InlineData("match")]
    [InlineData("retry")]
    public async Task What_a_person_starts_looks_at_uncoupled_records(string run)
    {
        using var crm = new EngineFixture();
        var (customer, _) = await crm.NewPairAsync();
        _ = await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);

        _ = run switch
        {
            "full" => await crm.FullAsync(),
            "match" => await crm.Engine.Couplings.MatchAsync("CUSTOMER"),
            _ => await crm.Engine.Issues.RetryAsync("CUSTOMER", SyncSide.Local, [customer]),
        };

        (await crm.CouplingsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Edit_of_an_uncoupled_record_creates_nothing_where_only_coupled_records_are_synchronized()
    {
        using var crm = new EngineFixture(mapping => mapping.OnlyCoupledRecords(true).OnDeletion(DeletionPolicy.RemoveCoupling));
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();
        crm.Customers.Update(customer, ("displayName", "Edited"));

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
        crm.Accounts.Count.Should().Be(0);
    }

    [Fact]
    public async Task Entries_of_uncoupled_records_are_removed_after_a_day()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.RemoveCoupling));
        var (_, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();
        crm.Time.Advance(TimeSpan.FromDays(2));

        _ = await crm.ModifiedAsync();

        var left = new List<RecordFailure>();
        await foreach (var entry in crm.Memory.ListFailuresAsync(new(crm.Engine.Scope.Name, "CUSTOMER"), default))
        {
            left.Add(entry);
        }

        left.Should().BeEmpty();
        crm.Accounts.Count.Should().Be(0);
    }
}
