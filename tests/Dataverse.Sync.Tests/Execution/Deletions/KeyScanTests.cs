using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>A key scan finds what a transaction committed after the overlap of the feeds had passed.</summary>
public sealed class KeyScanTests
{
    [Fact]
    public async Task A_change_committed_after_the_overlap_is_found_by_the_next_key_scan()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        CommitLate(crm, crm.Customers.Update(customer, ("creditLimit", 77m)).Id);

        _ = await crm.ModifiedAsync();
        var before = crm.Accounts.Find(account)!["creditlimit"].AsDecimal();
        crm.Time.Advance(TimeSpan.FromDays(1));
        var job = await crm.ModifiedAsync();

        before.Should().Be(100, "no feed delivers the change");
        crm.Accounts.Find(account)!["creditlimit"].AsDecimal().Should().Be(77);
        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
    }

    [Fact]
    public async Task A_new_record_committed_after_the_overlap_is_found_by_the_next_key_scan()
    {
        using var crm = new EngineFixture();
        _ = await crm.NewPairAsync();
        CommitLate(crm, crm.Insert(SyncSide.Local, "Late"));

        _ = await crm.ModifiedAsync();
        var before = crm.Accounts.Count;
        crm.Time.Advance(TimeSpan.FromDays(1));
        var preview = await crm.Engine.PreviewAsync(EngineFixture.Mapping, SyncJobKind.Modified);
        var job = await crm.ModifiedAsync();

        (before, crm.Accounts.Count).Should().Be((1, 2));
        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        preview.Operations.Should().ContainSingle();
    }

    [Fact]
    public async Task A_record_that_a_feed_delivered_and_that_was_uncoupled_since_is_not_created_again_by_a_key_scan()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.RemoveCoupling));
        _ = await crm.NewPairAsync();
        var customer = crm.Insert(SyncSide.Local, "Fabrikam");
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = crm.Insert(SyncSide.Local, "Newer");
        _ = await crm.ModifiedAsync();
        crm.Accounts.Delete((await crm.CouplingOfAsync(customer))!.IntegrationId);
        crm.Later();
        _ = await crm.ModifiedAsync();

        crm.Time.Advance(TimeSpan.FromDays(1));
        _ = await crm.ModifiedAsync();
        crm.Time.Advance(TimeSpan.FromDays(1));
        _ = await crm.ModifiedAsync();

        crm.Accounts.Count.Should().Be(2);
    }

    [Fact]
    public async Task A_new_record_is_not_created_by_a_key_scan_where_only_coupled_records_are_synchronized()
    {
        using var crm = new EngineFixture(mapping => mapping.OnlyCoupledRecords(true));
        _ = await crm.NewPairAsync();
        CommitLate(crm, crm.Insert(SyncSide.Local, "Late"));

        crm.Time.Advance(TimeSpan.FromDays(1));
        _ = await crm.ModifiedAsync();

        crm.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task An_upgrade_that_changes_every_version_costs_one_read_of_the_table_and_no_write()
    {
        using var crm = new EngineFixture();
        for (var number = 0; number < 4; number++)
        {
            _ = crm.Insert(SyncSide.Local, $"Customer {number}");
        }

        await crm.ConvergeAsync();
        crm.Customers.Records.ToList().ForEach(record => Touch(crm, record.Id));
        crm.Time.Advance(TimeSpan.FromDays(1));
        crm.ResetCounters();

        _ = await crm.ModifiedAsync();
        var first = crm.Local.Calls;
        var (feeds, byId) = (first[InMemoryOperation.ReadChanges], first[InMemoryOperation.ReadById]);
        var (writes, scans) = (crm.Writes, first[InMemoryOperation.ReadKeys]);
        crm.Time.Advance(TimeSpan.FromDays(1));
        crm.ResetCounters();
        _ = await crm.ModifiedAsync();

        (feeds, byId, writes).Should().Be((2, 0, 0), $"{scans} scans");
        crm.Local.Calls[InMemoryOperation.ReadChanges].Should().Be(1, "the versions are known by now");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_whose_version_alone_changed_is_read_by_one_key_scan_only(bool isExcluded)
    {
        using var crm = new EngineFixture(mapping => mapping.LocalFilter(RecordFilter.Equal("blocked", FieldValue.Boolean(false))));
        var (customer, _) = await crm.NewPairAsync();
        for (var number = 0; number < 4; number++)
        {
            _ = crm.Insert(SyncSide.Local, $"Customer {number}");
        }

        await crm.ConvergeAsync();
        var local = new HookedConnector(crm.Local);
        using var engine = EngineOver(crm, local);
        if (isExcluded)
        {
            _ = crm.Customers.Update(customer, ("blocked", true), ("creditLimit", 5m));
            CommitLate(crm, customer);
        }
        else
        {
            Touch(crm, customer);
        }

        var read = new List<int>();
        for (var day = 0; day < 3; day++)
        {
            crm.Time.Advance(TimeSpan.FromDays(1));
            _ = await engine.SynchronizeTableAsync("CUSTOMER");
            read.Add(local.RecordsRead);
        }

        read.Should().Equal(1, 1, 1);
        crm.Writes.Should().Be(0);
    }

    [Fact]
    public async Task A_record_whose_write_brought_no_version_is_read_by_one_feed_and_by_no_key_scan()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            LocalTable = options => options with { Answer = WriteAnswer.Nothing },
        });
        var ids = Enumerable.Range(0, 4).Select(number => crm.Insert(SyncSide.Local, $"Customer {number}")).ToList();
        await crm.ConvergeAsync();
        var account = (await crm.CouplingOfAsync(ids[0]))!.IntegrationId;
        _ = crm.Accounts.Update(account, ("name", "Theirs"));
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();
        var local = new HookedConnector(crm.Local);
        using var engine = EngineOver(crm, local);

        var read = new List<int>();
        for (var day = 0; day < 3; day++)
        {
            crm.Time.Advance(TimeSpan.FromDays(1));
            _ = await engine.SynchronizeTableAsync("CUSTOMER");
            read.Add(local.RecordsRead);
        }

        read.Should().Equal(0, 0, 0);
    }

    [Fact]
    public async Task Records_that_a_key_scan_finds_blank_and_that_are_held_are_found_again_once_a_run_allows_it()
    {
        using var crm = new EngineFixture();
        var ids = Enumerable.Range(0, 30)
            .Select(number => crm.Customers.Insert(("displayName", $"Customer {number}"), ("postalCode", "1000")).Id)
            .ToList();
        await crm.ConvergeAsync();
        foreach (var id in ids[..11])
        {
            CommitLate(crm, crm.Customers.Update(id, ("postalCode", null)).Id);
        }

        crm.Time.Advance(TimeSpan.FromDays(1));
        var held = await crm.ModifiedAsync();
        crm.Time.Advance(TimeSpan.FromDays(1));
        var allowed = await crm.ModifiedAsync(new() { AllowsMassBlanking = true });

        (held.Status, held.Counters.Modified).Should().Be((SyncJobStatus.Stopped, 0));
        allowed.Counters.Modified.Should().Be(11);
        crm.Accounts.Records.Count(account => account["postalcode"].IsBlank).Should().Be(11);
    }

    // The stamp of a record is set when it is written, not when its transaction is committed.
    private static void CommitLate(EngineFixture crm, Guid customer)
    {
        crm.Customers.Restamp(customer, EngineFixture.Start - TimeSpan.FromHours(1));
        crm.Later();
    }

    private static void Touch(EngineFixture crm, Guid customer)
    {
        _ = crm.Customers.Update(customer, ("blocked", null));
        CommitLate(crm, customer);
    }

    private static SyncEngine EngineOver(EngineFixture crm, ITableConnector local) => new(new()
    {
        Local = local,
        Integration = crm.Integration,
        Store = crm.Store,
        TimeProvider = crm.Time,
        Mappings = crm.Engine.Mappings.All,
    });
}
