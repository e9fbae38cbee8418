using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>A pair counts once, although a full run in both directions meets it twice.</summary>
public sealed class CounterTests : IDisposable
{
    private readonly TestRule rule = new();
    private readonly EngineFixture crm;

    public CounterTests() => crm = new(new FixtureOptions
    {
        Rules = [rule],
        Customer = mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord),
    });

    public void Dispose() => crm.Dispose();

    [Fact]
    public async Task Pair_counts_once_in_a_full_run_if_only_its_integration_record_changed()
    {
        var (_, account) = await crm.NewPairAsync();
        _ = await crm.FullAsync();
        crm.Accounts.Update(account, ("name", "Theirs"));

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
    }

    [Fact]
    public async Task Pair_counts_once_in_a_full_run_if_a_rule_skips_both_its_records()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("creditlimit", 9m));
        rule.Select = _ => RecordDecision.Skip("No.");

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
    }

    [Fact]
    public async Task Pair_counts_once_in_a_full_run_if_a_rule_skips_one_of_its_records()
    {
        var (_, account) = await crm.NewPairAsync();
        _ = await crm.FullAsync();
        crm.Accounts.Update(account, ("creditlimit", 9m));
        rule.Select = arguments => arguments.Side == SyncSide.Integration ? RecordDecision.Skip("No.") : RecordDecision.Keep;

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Skipped = 1 });
    }

    [Fact]
    public async Task Pair_counts_once_in_a_full_run_if_it_fails()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("creditlimit", 9m));
        rule.Transfer = _ => throw new TimeoutException();

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Failed = 1 });
    }

    [Fact]
    public async Task Pair_counts_once_in_a_full_run_if_it_is_in_conflict()
    {
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"), ("postalCode", "2000"));
        crm.Accounts.Update(account, ("name", "Theirs"));

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Conflicted = 1 });
    }

    [Fact]
    public async Task Pair_counts_once_in_a_full_run_if_one_of_its_records_was_deleted()
    {
        var (_, account) = await crm.NewPairAsync();
        _ = await crm.FullAsync();
        crm.Accounts.Delete(account);

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Deleted = 1 });
    }

    [Fact]
    public async Task Pair_counts_once_in_a_full_run_if_its_insert_was_recovered()
    {
        _ = crm.Customers.Insert(("displayName", "Adatum"));
        crm.Integration.Faults.AfterCall = (call, _) => call.Operation == InMemoryOperation.Write
            ? throw new InvalidOperationException("The process dies.")
            : ValueTask.CompletedTask;
        var run = () => crm.ModifiedAsync();
        await run.Should().ThrowAsync<InvalidOperationException>();
        crm.Restart();

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
    }

    [Fact]
    public async Task Unchanged_pair_counts_once_in_a_full_run()
    {
        _ = await crm.NewPairAsync();
        _ = await crm.FullAsync();

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Unchanged = 1 });
    }
}
