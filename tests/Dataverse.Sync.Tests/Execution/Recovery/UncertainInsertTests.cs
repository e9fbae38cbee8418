using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Inserts whose answers were lost: each record gets one partner, or a person decides.</summary>
public sealed class UncertainInsertTests
{
    [Fact]
    public async Task A_record_that_an_uncertain_insert_may_have_created_is_not_matched_with_another()
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOn("displayName", "name"));
        var account = crm.Accounts.Insert(
            ("name", "Adatum"),
            ("postalcode", "1000"),
            ("websiteurl", "https://adatum.example"))
            .Id;
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        var made = crm.Customers.Update(crm.Customers.Records[0].Id, ("website", "https://edited.example"));
        crm.Accounts.Update(account, ("name", "Adatum Ltd."));
        var twin = crm.Accounts.Insert(("name", "Adatum"), ("postalcode", "2000")).Id;

        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync())
            .Should().HaveCount(3).And.ContainSingle(failure => failure.Record.Id == twin)
            .Which.Error.Code.Should().Be(SyncErrorCodes.OutcomeUnknown);

        _ = await crm.Engine.Couplings.CoupleAsync("CUSTOMER", made.Id, account);
        crm.Time.Advance(TimeSpan.FromDays(1));
        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Should().ContainSingle()
            .Which.Should().Match<Coupling>(item => item.LocalId == made.Id && item.IntegrationId == account);
        (await crm.FailuresAsync())
            .Should().ContainSingle(failure => failure.Record.Id == twin, "a coupled customer has its name")
            .Which.State.Should().Be(RecordFailureState.Doubtful);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 2));
    }

    [Fact]
    public async Task An_insert_that_the_line_doubled_is_not_repeated_under_another_id_if_the_record_is_not_answered()
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing());
        var target = new HookedConnector(crm.Integration);
        using var engine = crm.EngineOver(target);
        var customer = crm.Customers.Insert(("displayName", "Adatum")).Id;
        target.OnWrite = async (batch, send) =>
        {
            _ = await send(batch);
            foreach (var account in crm.Accounts.Records)
            {
                crm.Accounts.Hide(account.Id);
            }

            return [.. batch.Operations.Select(_ => new WriteResult { Status = WriteStatus.AlreadyExists, Error = new("Duplicate", "It exists.") })];
        };
        _ = await engine.SynchronizeTableAsync("CUSTOMER");
        target.OnWrite = null;
        crm.Accounts.Show(crm.Accounts.Records[0].Id);

        for (var run = 0; run < 3; run++)
        {
            crm.Later();
            _ = await engine.SynchronizeTableAsync("CUSTOMER", new() { RetriesAllFailures = true });
        }

        crm.Accounts.Count.Should().Be(1);
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(crm.Accounts.Records[0].Id);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Uncertain_inserts_from_both_records_of_an_uncoupled_pair_each_find_their_own_partner()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);
        _ = crm.Customers.Update(customer, ("website", "https://adatum.example"));
        _ = crm.Accounts.Update(account, ("accountnumber", null));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.Engine.Doubts.CreatePartnersAsync("CUSTOMER", SyncSide.Local, [customer]);
        _ = await crm.Engine.Doubts.CreatePartnersAsync("CUSTOMER", SyncSide.Integration, [account]);
        var delayed = (await crm.IntentsAsync())
            .Should().ContainSingle(intent => intent.Target == SyncSide.Integration).Which;
        _ = crm.Accounts.Insert(
            delayed.TargetId,
            ("accountnumber", "C00010"),
            ("name", "Adatum"),
            ("creditlimit", 100m),
            ("postalcode", "1000"));
        crm.Later();

        _ = await crm.ModifiedAsync();

        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.CouplingsAsync())
            .Should().HaveCount(2)
            .And.OnlyContain(coupling => coupling.LocalId == customer != (coupling.IntegrationId == account));
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2));
    }

    [Theory]
    [InlineData(SyncSide.Local, InMemoryWriteFault.AnswerLost)]
    [InlineData(SyncSide.Local, InMemoryWriteFault.RequestLost)]
    [InlineData(SyncSide.Integration, InMemoryWriteFault.AnswerLost)]
    [InlineData(SyncSide.Integration, InMemoryWriteFault.RequestLost)]
    public async Task I3_An_uncertain_insert_leads_to_one_partner(SyncSide source, InMemoryWriteFault fault)
    {
        using var crm = new EngineFixture();
        _ = crm.Insert(source, "Adatum");
        (source == SyncSide.Local ? crm.Integration : crm.Local).Faults.FailWrites(fault);

        var job = await crm.FullAsync();
        crm.Time.Advance(TimeSpan.FromMinutes(1));
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();
        await crm.ConvergeAsync();

        job.Counters.Inserted.Should().BeLessThanOrEqualTo(1);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingsAsync()).Should().ContainSingle();
        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I3_An_uncertain_insert_that_succeeded_is_recognized_when_the_same_run_reads_it()
    {
        using var crm = new EngineFixture();
        var customer = crm.Customers.Insert(("displayName", "Adatum"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.AnswerLost);

        _ = await crm.FullAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingOfAsync(customer.Id))!.IntegrationId.Should().Be(crm.Accounts.Records[0].Id);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I3_An_uncertain_insert_that_succeeded_during_a_retry_is_recognized_when_the_same_run_reads_it()
    {
        using var crm = new EngineFixture();
        _ = await crm.NewPairAsync();
        _ = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.Transient, InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        crm.Later();

        _ = await crm.ModifiedAsync();
        await crm.ConvergeAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2));
        (await crm.CouplingsAsync()).Should().HaveCount(2);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I3_An_uncertain_insert_that_succeeds_late_is_adopted()
    {
        using var crm = new EngineFixture();
        var account = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.FullAsync();
        crm.Time.Advance(TimeSpan.FromMinutes(2));

        var early = await crm.ModifiedAsync();
        _ = crm.Customers.Insert(("displayName", "Fabrikam"));
        crm.Time.Advance(TimeSpan.FromMinutes(2));
        _ = await crm.ModifiedAsync();
        await crm.ConvergeAsync();

        early.Counters.Should().Be(new SyncCounters { Failed = 1 });
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, account.Id)).Should().NotBeNull();
    }

    [Fact]
    public async Task I3_An_uncertain_insert_whose_record_one_read_lacks_is_recognized_when_the_same_run_reads_it()
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing());
        var account = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.FullAsync();
        var customer = crm.Customers.Records[0].Id;
        var reads = 0;
        var forgetful = new HookedConnector(crm.Local)
        {
            OnRead = _ => (reads++ == 0 ? crm.Customers.Hide : (Action<Guid>)crm.Customers.Show)(customer),
        };
        using var engine = new SyncEngine(new()
        {
            Local = forgetful,
            Integration = crm.Integration,
            Store = crm.Store,
            TimeProvider = crm.Time,
            Mappings = crm.Engine.Mappings.All,
        });
        crm.Time.Advance(TimeSpan.FromDays(1));

        _ = await engine.SynchronizeModifiedAsync(new() { RetriesAllFailures = true });
        await crm.ConvergeAsync();

        reads.Should().BeGreaterThan(1);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(account.Id);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_uncertain_insert_is_not_repeated_while_the_service_may_still_be_working_on_it()
    {
        using var crm = new EngineFixture(
            new FixtureOptions { Engine = options => options with { UncertainWriteWindow = TimeSpan.FromMinutes(20) } });
        _ = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.FullAsync();

        crm.Time.Advance(TimeSpan.FromMinutes(19));
        _ = await crm.ModifiedAsync();
        var within = crm.Customers.Count;
        crm.Time.Advance(TimeSpan.FromMinutes(2));
        _ = await crm.ModifiedAsync();

        (within, crm.Customers.Count).Should().Be((0, 1));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_uncertain_insert_with_two_fitting_records_is_left_to_a_person()
    {
        using var crm = new EngineFixture();
        var account = crm.Accounts.Insert(("name", "Fabrikam"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Integration, account.Id);
        var twin = crm.Customers.Insert(("displayName", "Fabrikam"));

        _ = await crm.ModifiedAsync(new() { OnlyCoupledRecords = true });
        var failures = await crm.FailuresAsync();
        _ = await crm.Engine.Couplings.CoupleAsync("CUSTOMER", twin.Id, account.Id);

        failures.Should().HaveCount(3, "the account and both customers wait for a decision").And.OnlyContain(failure =>
            failure.State == RecordFailureState.Skipped
            && failure.Error.Code == SyncErrorCodes.OutcomeUndecidable
            && failure.NextTryOn == null);
        var after = await crm.FailuresAsync();
        after.Where(failure => failure.State == RecordFailureState.Skipped)
            .Should().ContainSingle("the other customer still does").Which.Record.Id.Should().NotBe(twin.Id)
            .And.NotBe(account.Id);
        after.Where(failure => failure.NextTryOn <= crm.Time.GetUtcNow()).Select(failure => failure.Record.Id)
            .Should().BeEquivalentTo([twin.Id, account.Id], "their edits are behind the checkpoint");
        (await crm.IntentsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task I3_An_uncertain_insert_that_the_system_stored_in_its_own_form_is_left_to_a_person_and_not_repeated()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            LocalTable = options => options with
            {
                Normalize = (field, value) => field.Name == "displayName" ? FieldValue.Text("normalized") : value,
            },
        });
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("creditlimit", 7m));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);

        _ = await crm.FullAsync();
        crm.Later();
        await crm.ConvergeAsync();
        var failures = await crm.FailuresAsync();
        _ = await crm.Engine.Couplings.CoupleAsync("CUSTOMER", crm.Customers.Records[0].Id, account.Id);
        await crm.ConvergeAsync();

        failures.Select(failure => (failure.Record.Side, failure.Error.Code)).Should().BeEquivalentTo(
            [(SyncSide.Local, SyncErrorCodes.OutcomeUndecidable), (SyncSide.Integration, SyncErrorCodes.OutcomeUndecidable)]);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task An_uncertain_insert_is_repeated_when_only_records_outside_the_filter_resemble_it()
    {
        using var crm = new EngineFixture(mapping => mapping.LocalFilter(RecordFilter.Equal("blocked", FieldValue.Boolean(false))));
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("creditLimit", 7m), ("blocked", true));
        crm.Time.Advance(TimeSpan.FromDays(2));
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("creditlimit", 7m));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.RequestLost);

        _ = await crm.FullAsync();
        crm.Later();
        await crm.ConvergeAsync();

        (await crm.FailuresAsync()).Should().BeEmpty();
        (await crm.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, account.Id)).Should().NotBeNull();
        crm.Customers.Count.Should().Be(2);
    }

    [Fact]
    public async Task An_uncertain_insert_is_found_by_its_business_key_whatever_else_the_system_stored()
    {
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = mapping => mapping.Field(
                "number",
                "accountnumber",
                field => field.Direction(SyncDirection.Bidirectional)),
            LocalTable = options => options with
            {
                Normalize = (field, value) => field.Name == "displayName" ? FieldValue.Text("normalized") : value,
            },
        });
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("accountnumber", "X1"));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);

        _ = await crm.FullAsync();
        crm.Later();
        await crm.ConvergeAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, account.Id)).Should().NotBeNull();
    }

    [Fact]
    public async Task I3_The_id_of_an_uncertain_insert_stays_reserved_while_the_record_cannot_be_sent()
    {
        var rule = new TestRule();
        using var crm = new EngineFixture(new FixtureOptions { Rules = [rule] });
        var customer = crm.Customers.Insert(("displayName", "Adatum"));
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.RequestLost);
        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer.Id);
        var reserved = (await crm.IntentsAsync()).Should().ContainSingle().Subject.TargetId;
        rule.Select = _ => throw new InvalidOperationException();
        crm.Time.Advance(TimeSpan.FromMinutes(2));

        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer.Id);
        _ = crm.Accounts.Insert(reserved, ("name", "Adatum"), ("accountnumber", "C00010"));
        rule.Select = null;
        crm.Time.Advance(TimeSpan.FromMinutes(2));
        await crm.ConvergeAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingOfAsync(customer.Id))!.IntegrationId.Should().Be(reserved);
    }
}
