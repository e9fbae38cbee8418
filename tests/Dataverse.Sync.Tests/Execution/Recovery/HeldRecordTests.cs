using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>What happens to a record while runs leave it out is looked at again when they no longer do.</summary>
public sealed class HeldRecordTests
{
    [Fact]
    public async Task An_edit_made_while_a_record_was_held_travels_after_its_uncertain_insert_is_adopted()
    {
        using var crm = new EngineFixture();
        var account = await HoldAsync(crm);
        _ = crm.Customers.Insert(("displayName", "Fabrikam"));
        crm.Later();

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        crm.Customers.Records.Should().ContainSingle().Which["creditLimit"].AsDecimal().Should().Be(77);
        (await crm.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, account)).Should().NotBeNull();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_edit_made_while_a_record_was_held_travels_after_the_window_is_over()
    {
        using var crm = new EngineFixture();
        _ = await HoldAsync(crm);
        crm.Later();

        _ = await crm.ModifiedAsync();

        crm.Customers.Records.Should().ContainSingle().Which["creditLimit"].AsDecimal().Should().Be(77);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_edit_made_while_a_record_was_held_travels_after_a_run_that_only_matches_adopted_its_insert()
    {
        using var crm = new EngineFixture();
        _ = await HoldAsync(crm);
        _ = crm.Customers.Insert(("displayName", "Fabrikam"));
        crm.Later();

        _ = await crm.Engine.Couplings.MatchAsync("CUSTOMER");
        crm.Later();
        _ = await crm.ModifiedAsync();

        crm.Customers.Records.Should().ContainSingle().Which["creditLimit"].AsDecimal().Should().Be(77);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_edit_made_while_a_record_was_held_is_synchronized_after_a_person_coupled_the_record()
    {
        using var crm = new EngineFixture();
        var account = await HoldAsync(crm);
        var first = crm.Customers.Insert(("displayName", "Fabrikam"));
        _ = crm.Customers.Insert(("displayName", "Fabrikam"));
        crm.Later();
        _ = await crm.ModifiedAsync(new() { OnlyCoupledRecords = true });
        _ = await crm.Engine.Couplings.CoupleAsync("CUSTOMER", first.Id, account);
        crm.Later();

        _ = await crm.ModifiedAsync();

        var conflicts = await crm.ConflictsAsync();
        var hasArrived = crm.Customers.Find(first.Id)!["creditLimit"] == FieldValue.Decimal(77);
        (hasArrived || conflicts.Any(conflict => conflict.LocalId == first.Id)).Should().BeTrue();
        (await crm.FailuresAsync()).Should().OnlyContain(failure => failure.Record.Id != account);
    }

    [Fact]
    public async Task A_failed_adopted_record_keeps_its_failure_when_one_answer_lacks_it()
    {
        using var crm = new EngineFixture();
        var account = await HoldAsync(crm);
        _ = crm.Customers.Insert(("displayName", "Fabrikam"));
        crm.Later();
        var flaky = new HookedConnector(crm.Integration) { Returns = record => record.Id != account };
        using var engine = EngineOver(crm, crm.Local, flaky);

        _ = await engine.SynchronizeTableAsync("CUSTOMER");
        flaky.Returns = null;
        crm.Later();
        _ = await engine.SynchronizeTableAsync("CUSTOMER");

        crm.Customers.Records.Should().ContainSingle().Which["creditLimit"].AsDecimal().Should().Be(77);
    }

    [Fact]
    public async Task A_source_that_vanished_while_it_was_held_is_suspected_after_the_adoption()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.RemoveCoupling));
        var account = await HoldAsync(crm);
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();
        _ = crm.Customers.Insert(("displayName", "Fabrikam"));
        crm.Later();

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Inserted = 1, Uncoupled = 1 });
        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_source_that_vanished_while_it_was_held_is_suspected_although_the_run_that_adopts_its_insert_stops()
    {
        // Without the number a new customer holds exactly what was sent, so that nothing else leads to the pair.
        using var crm = new EngineFixture(mapping => mapping
            .OnDeletion(DeletionPolicy.RemoveCoupling)
            .Field("number", "accountnumber", field => field.Disabled()));
        var account = await HoldAsync(crm);
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();
        _ = crm.Customers.Insert(("displayName", "Fabrikam"));
        crm.Later();
        crm.Integration.Faults.Fail(InMemoryOperation.ReadById, ConnectorFailure.Unreachable);
        var stopped = async () => await crm.ModifiedAsync();
        _ = await stopped.Should().ThrowAsync<ConnectorException>();
        (await crm.CouplingsAsync()).Should().ContainSingle("the insert is adopted");
        crm.Later();

        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task A_pair_that_a_person_took_apart_is_not_coupled_again_by_an_insert_that_was_uncertain(SyncSide source)
    {
        using var crm = new EngineFixture();
        _ = source == SyncSide.Local ? crm.Customers.Insert(("displayName", "Fabrikam")) : crm.Accounts.Insert(("name", "Fabrikam"));
        (source == SyncSide.Local ? crm.Integration : crm.Local).Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        var (customer, account) = (crm.Customers.Records.Should().ContainSingle().Which.Id, crm.Accounts.Records.Should().ContainSingle().Which.Id);
        await crm.Engine.Couplings.CoupleAsync("CUSTOMER", customer, account);
        _ = await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);
        crm.Later();

        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Should().BeEmpty();
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }

    [Fact]
    public async Task The_deletion_of_a_source_is_found_although_the_fuse_stops_the_run_that_adopts_its_insert()
    {
        using var crm = new EngineFixture(mapping => mapping
            .OnDeletion(DeletionPolicy.DeleteRecord)
            .Field("number", "accountnumber", field => field.Disabled()));
        var other = crm.Accounts.Insert(("name", "Adatum")).Id;
        _ = await crm.FullAsync();
        var account = crm.Accounts.Insert(("name", "Fabrikam")).Id;
        crm.Local.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.ModifiedAsync();
        crm.Accounts.Delete(account);
        crm.Time.Advance(TimeSpan.FromMinutes(2));
        _ = await crm.ModifiedAsync();
        _ = crm.Customers.Insert(("displayName", "Fabrikam"));
        crm.Accounts.Delete(other);
        crm.Later();
        (await crm.ModifiedAsync()).Status.Should().Be(SyncJobStatus.Stopped);
        crm.Later();
        (await crm.ModifiedAsync()).Status.Should().Be(SyncJobStatus.Stopped);
        crm.Later();

        var job = await crm.ModifiedAsync(new() { AllowsMassDeletion = true });

        job.Counters.Deleted.Should().Be(2);
        crm.Customers.Count.Should().Be(0);
        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_insert_is_not_repeated_because_one_answer_lacks_the_record_that_resembles_it()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            LocalTable = options => options with
            {
                Normalize = (field, value) => field.Name == "displayName" && !value.IsBlank ? FieldValue.Text(value.AsText().ToUpperInvariant()) : value,
            },
        });
        _ = crm.Accounts.Insert(("name", "Fabrikam"), ("postalcode", "1000"), ("creditlimit", 5m));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        crm.Time.Advance(TimeSpan.FromMinutes(9));
        _ = crm.Customers.Insert(("displayName", "Other"));
        _ = await crm.ModifiedAsync();
        crm.Time.Advance(TimeSpan.FromMinutes(20));
        var created = crm.Customers.Records.Single(record => record["displayName"].AsText() == "FABRIKAM").Id;
        var reads = 0;
        crm.Local.Faults.BeforeCall = (call, _) =>
        {
            if (call is { Operation: InMemoryOperation.ReadById, Table: "customers" } && ++reads == 1)
            {
                crm.Customers.Hide(created);
            }

            return ValueTask.CompletedTask;
        };
        crm.Local.Faults.AfterCall = (_, _) =>
        {
            crm.Customers.Show(created);
            return ValueTask.CompletedTask;
        };

        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();

        crm.Customers.Records.Should().ContainSingle(record => record["displayName"].AsText() == "FABRIKAM");
        (await crm.FailuresAsync()).Should().Contain(failure => failure.Error.Code == SyncErrorCodes.OutcomeUndecidable);
    }

    [Fact]
    public async Task A_failure_is_not_cleared_because_one_answer_lacks_the_record()
    {
        using var crm = new EngineFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum")).Id;
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.Rejected);
        _ = await crm.ModifiedAsync();
        var flaky = new HookedConnector(crm.Local) { Returns = record => record.Id != customer };
        using var engine = EngineOver(crm, flaky, crm.Integration);
        crm.Later();

        _ = await engine.SynchronizeTableAsync("CUSTOMER");
        var failures = await crm.FailuresAsync();
        flaky.Returns = null;
        crm.Later();
        _ = await engine.SynchronizeTableAsync("CUSTOMER");

        failures.Should().ContainSingle().Which.Record.Id.Should().Be(customer);
        crm.Accounts.Records.Should().ContainSingle();
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_edit_survives_when_its_partner_is_reported_deleted_and_restored_during_the_run()
    {
        using var crm = new EngineFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("creditLimit", 77m));
        crm.Accounts.Delete(account);
        var reads = 0;
        crm.Integration.Faults.BeforeCall = (call, _) =>
        {
            if (call is { Operation: InMemoryOperation.ReadById, Table: "account" } && ++reads == 2)
            {
                crm.Accounts.Insert(
                    account, ("name", "Adatum"), ("creditlimit", 100m), ("postalcode", "1000"), ("accountnumber", "C00010"));
            }

            return ValueTask.CompletedTask;
        };

        _ = await crm.ModifiedAsync();
        crm.Integration.Faults.Clear();
        crm.Later();
        _ = await crm.ModifiedAsync();

        reads.Should().BeGreaterThan(1);
        crm.Accounts.Find(account)!["creditlimit"].AsDecimal().Should().Be(77);
    }

    [Fact]
    public async Task Deletions_on_every_page_of_a_feed_are_carried_out()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord).MaximumDeletionShare(1),
            IntegrationTable = options => options with { PageSize = 1 },
        });
        for (var number = 0; number < 4; number++)
        {
            _ = crm.Customers.Insert(("displayName", $"Customer {number}"));
        }

        await crm.ConvergeAsync();
        foreach (var account in crm.Accounts.Records.Take(3).ToList())
        {
            crm.Accounts.Delete(account.Id);
        }

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Deleted = 3 });
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }

    private static async Task<Guid> HoldAsync(EngineFixture crm)
    {
        var account = crm.Accounts.Insert(("name", "Fabrikam")).Id;
        crm.Local.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.FullAsync();
        crm.Time.Advance(TimeSpan.FromMinutes(2));
        _ = await crm.ModifiedAsync();
        _ = crm.Accounts.Update(account, ("creditlimit", 77m));
        crm.Time.Advance(TimeSpan.FromMinutes(2));
        var held = await crm.ModifiedAsync();
        held.Counters.Should().Be(new SyncCounters { Failed = 1 }, "the record is held and the checkpoint passes");
        return account;
    }

    private static SyncEngine EngineOver(EngineFixture crm, ITableConnector local, ITableConnector integration) => new(
        new()
        {
            Local = local,
            Integration = integration,
            Store = crm.Store,
            TimeProvider = crm.Time,
            Mappings = crm.Engine.Mappings.All,
        });
}
