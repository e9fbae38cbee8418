using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

public sealed class ReferenceTests
{
    [Fact]
    [Trait("parity", "BC-2.4-05")]
    [Trait("parity", "BC-2.4-09")]
    public async Task Reference_travels_both_ways_through_the_couplings_of_another_mapping()
    {
        using var crm = new EngineFixture();
        var (jo, of) = (User(crm, "jo"), User(crm, "of"));
        await crm.ConvergeAsync();
        var (customer, account) = await crm.NewPairAsync(
            ("displayName", "Adatum"),
            ("salespersonCode", CodeOf(crm, "jo")));
        crm.Accounts.Find(account)!["ownerid"].Should().Be(FieldValue.Reference(jo, "systemuser"));
        crm.Accounts.Update(account, ("ownerid", FieldValue.Reference(of, "systemuser")));

        _ = await crm.ModifiedAsync();

        crm.Customers.Find(customer)!["salespersonCode"].AsText().Should().Be(CodeOf(crm, "of"));
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    [Trait("parity", "BC-2.4-10")]
    public async Task Reference_that_is_cleared_on_one_side_is_cleared_on_the_other(SyncSide cleared)
    {
        using var crm = new EngineFixture();
        _ = User(crm, "jo");
        await crm.ConvergeAsync();
        var (customer, account) = await crm.NewPairAsync(
            ("displayName", "Adatum"),
            ("salespersonCode", CodeOf(crm, "jo")));
        _ = cleared == SyncSide.Local
            ? crm.Customers.Update(customer, ("salespersonCode", null))
            : crm.Accounts.Update(account, ("ownerid", null));

        _ = await crm.ModifiedAsync();

        (crm.Customers.Find(customer)!["salespersonCode"].IsBlank, crm.Accounts.Find(account)!["ownerid"].IsBlank)
            .Should().Be((true, true));
    }

    [Fact]
    [Trait("parity", "BC-2.4-11")]
    [Trait("parity", "BC-2.4-13")]
    public async Task I16_Waiting_record_lands_when_its_target_arrives_and_costs_no_request_before()
    {
        using var crm = new EngineFixture();
        var user = User(crm, "jo");
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("ownerid", FieldValue.Reference(user, "systemuser")))
            .Id;
        var waiting = await crm.FullAsync();
        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        crm.Later();
        crm.ResetCounters();

        var quiet = await crm.ModifiedAsync();
        var calls = crm.Local.Calls.Total + crm.Integration.Calls.Total;
        _ = await crm.Engine.SynchronizeFullAsync("SALESPERSON");
        var landed = await crm.ModifiedAsync();

        waiting.Counters.Should().Be(new SyncCounters { Failed = 1 });
        failure.Should().BeEquivalentTo(new
        {
            State = RecordFailureState.Waiting,
            Error = new { Code = SyncErrorCodes.ReferenceNotCoupled, Field = "salespersonCode>ownerid" },
            Awaited = new AwaitedCoupling("SALESPERSON", new(SyncSide.Integration, user)),
        });
        (quiet.Counters, calls).Should().Be((SyncCounters.None, 2));
        landed.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        crm.Customers.Records.Should().ContainSingle().Which["salespersonCode"].AsText().Should().Be(CodeOf(crm, "jo"));
        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Accounts.Find(account).Should().NotBeNull();
    }

    [Fact]
    public async Task I16_Newest_local_record_waits_without_requests_although_the_overlap_delivers_it_again()
    {
        using var crm = new EngineFixture();
        _ = crm.Salespeople.Insert(("code", "JO"), ("email", "jo@contoso.com"));
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("salespersonCode", "JO"));
        _ = await crm.FullAsync();
        crm.Later();
        crm.ResetCounters();

        var quiet = await crm.ModifiedAsync();
        var calls = crm.Local.Calls.Total + crm.Integration.Calls.Total;
        var user = User(crm, "jo");
        _ = await crm.Engine.SynchronizeModifiedAsync();

        (quiet.Counters, calls).Should().Be((SyncCounters.None, 2));
        crm.Accounts.Records
            .Should().ContainSingle().Which["ownerid"].Should().Be(FieldValue.Reference(user, "systemuser"));
    }

    [Fact]
    public async Task Edited_reference_to_an_uncoupled_record_holds_the_record_back_with_its_other_fields()
    {
        using var crm = new EngineFixture();
        var (_, account) = await crm.NewPairAsync();
        crm.Accounts.Update(
            account,
            ("name", "Theirs"),
            ("ownerid", FieldValue.Reference(User(crm, "jo"), "systemuser")));

        _ = await crm.ModifiedAsync();
        var held = crm.Customers.Records[0]["displayName"].AsText();
        _ = await crm.Engine.SynchronizeModifiedAsync();

        held.Should().Be("Adatum");
        (crm.Customers.Records[0]["displayName"].AsText(), crm.Customers.Records[0]["salespersonCode"].AsText())
            .Should().Be(("Theirs", CodeOf(crm, "jo")));
    }

    [Fact]
    public async Task Write_that_names_a_row_that_is_gone_waits_until_its_deletion_is_decided_and_is_not_skipped()
    {
        using var crm = new EngineFixture(mapping => mapping.Retry(new() { SkipAfterIdenticalFailures = 1 }));
        _ = User(crm, "jo");
        await crm.ConvergeAsync();
        var (customer, account) = await crm.NewPairAsync(("displayName", "Adatum"));
        var salesperson = crm.Salespeople.Records.Should().ContainSingle().Subject;
        var user = crm.Users.Records.Should().ContainSingle().Subject.Id;
        crm.Integration.Faults.OnWrite = (_, operation) =>
            operation.Fields.Any(write => write.Value == FieldValue.Reference(user, "systemuser")) ? InMemoryWriteFault.Rejected : InMemoryWriteFault.None;
        crm.Users.Delete(user);
        crm.Customers.Update(customer, ("displayName", "Ours"), ("salespersonCode", salesperson["code"]));

        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");
        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        await crm.Engine.Couplings.UncoupleAsync("SALESPERSON", SyncSide.Local, [salesperson.Id]);
        var again = User(crm, "jo2");
        await crm.Engine.Couplings.CoupleAsync("SALESPERSON", salesperson.Id, again);
        _ = await crm.Engine.SynchronizeModifiedAsync();

        failure.State.Should().Be(RecordFailureState.Waiting);
        failure.Error.Code.Should().Be(SyncErrorCodes.ReferenceNotFound);
        failure.Error.Message.Should().Contain("SALESPERSON").And.Contain(user.ToString());
        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Accounts.Find(account)!["ownerid"].Should().Be(FieldValue.Reference(again, "systemuser"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_that_is_rejected_for_another_reason_keeps_its_error(bool cannotAsk)
    {
        using var crm = new EngineFixture();
        _ = User(crm, "jo");
        await crm.ConvergeAsync();
        var (customer, account) = await crm.NewPairAsync(("displayName", "Adatum"));
        var salesperson = crm.Salespeople.Records.Should().ContainSingle().Subject;
        crm.Integration.Faults.OnWrite = (_, operation) => operation.Id == account ? InMemoryWriteFault.Rejected : InMemoryWriteFault.None;
        crm.Integration.Faults.BeforeCall = (call, _) => cannotAsk && call.Operation == InMemoryOperation.Probe
            ? throw new ConnectorException("CRM", ConnectorFailure.Unreachable, "Later.")
            : default;
        crm.Customers.Update(customer, ("displayName", "Ours"), ("salespersonCode", salesperson["code"]));

        _ = await crm.Engine.SynchronizeTableAsync("CUSTOMER");

        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        failure.State.Should().Be(RecordFailureState.Failed);
        failure.Error.Code.Should().Be(InMemoryErrorCodes.InjectedFault);
    }

    [Fact]
    public async Task Record_that_names_a_deleted_one_waits_until_its_deletion_is_decided_and_is_not_skipped()
    {
        using var crm = new EngineFixture(mapping => mapping.Retry(new() { SkipAfterIdenticalFailures = 1 }));
        _ = User(crm, "jo");
        await crm.ConvergeAsync();
        var (customer, account) = await crm.NewPairAsync(("displayName", "Adatum"));
        var salesperson = crm.Salespeople.Records.Should().ContainSingle().Subject.Id;
        var user = crm.Users.Records.Should().ContainSingle().Subject.Id;
        crm.Salespeople.Delete(salesperson);
        crm.Accounts.Update(account, ("name", "Theirs"), ("ownerid", FieldValue.Reference(user, "systemuser")));

        _ = await crm.Engine.SynchronizeModifiedAsync();
        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        await crm.Engine.Couplings.UncoupleAsync("SALESPERSON", SyncSide.Integration, [user]);
        var again = crm.Salespeople.Insert(("code", "JO2"), ("email", "jo@contoso.com")).Id;
        await crm.Engine.Couplings.CoupleAsync("SALESPERSON", again, user);
        _ = await crm.Engine.SynchronizeModifiedAsync();

        failure.State.Should().Be(RecordFailureState.Waiting);
        failure.Error.Code.Should().Be(SyncErrorCodes.ReferenceNotFound);
        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Customers.Find(customer)!["salespersonCode"].AsText().Should().Be("JO2");
    }

    [Theory]
    [InlineData(true, false, 1, "")]
    [InlineData(false, true, 0, SyncErrorCodes.ReferenceNotFound)]
    [InlineData(false, false, 0, SyncErrorCodes.ReferenceNotFound)]
    [Trait("parity", "BC-1.3-06")]
    [Trait("parity", "BC-2.4-11")]
    public async Task Reference_that_leads_nowhere_is_cleared_or_skips_or_fails_the_record(
        bool clears,
        bool skips,
        int accounts,
        string code)
    {
        using var crm = new EngineFixture(mapping => mapping
            .Lookup("salespersonCode", "ownerid", "SALESPERSON", "code", field => field.Disabled())
            .Lookup(
                "website",
                "ownerid",
                new LookupMapping
                {
                    Via = ["SALESPERSON"],
                    LocalKey = "code",
                    ClearsWhenNotCoupled = clears,
                    SkipsRecordWhenNotFound = skips,
                },
                field => field.ToIntegration())
            .Field("website", "websiteurl", field => field.Disabled()));
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("website", "nobody"));

        var job = await crm.FullAsync();

        crm.Accounts.Count.Should().Be(accounts);
        (job.Counters.Skipped, job.Counters.Failed).Should().Be((skips ? 1 : 0, !clears && !skips ? 1 : 0));
        (await crm.ErrorsAsync(job)).Select(error => error.Error.Code).Should().Equal(code.Length == 0 ? [] : [code]);
        (await crm.FailuresAsync()).Should().HaveCount(!clears && !skips ? 1 : 0);
    }

    [Fact]
    public async Task Name_of_the_mapping_that_a_lookup_leads_through_is_taken_whatever_its_letter_case()
    {
        using var crm = new EngineFixture(mapping => mapping
            .Lookup("salespersonCode", "ownerid", "SALESPERSON", "code", field => field.Disabled())
            .Lookup("website", "ownerid", new LookupMapping { Via = ["salesperson"], LocalKey = "code" })
            .Field("website", "websiteurl", field => field.Disabled()));
        var user = User(crm, "jo");
        await crm.ConvergeAsync();
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("website", CodeOf(crm, "jo")));

        _ = await crm.FullAsync();

        crm.Accounts.Records.Should().ContainSingle().Which["ownerid"].AsIdentifier().Should().Be(user);
    }

    [Theory]
    [InlineData("SALES|PEOPLE")]
    [InlineData("|")]
    [InlineData("SALES>PEOPLE")]
    public async Task I16_Waiting_record_lands_whatever_the_name_of_the_mapping_that_it_waits_for(string name)
    {
        var customer = new IntegrationTableMappingBuilder("CUSTOMER")
            .Between("customers", "account")
            .Field("displayName", "name")
            .Lookup("salespersonCode", "ownerid", via: name, localKey: "code")
            .OnlyCoupledRecords(false)
            .Build();
        using var crm = new EngineFixture(new FixtureOptions
        {
            Engine = options => options with { Mappings = [CrmTables.Salesperson() with { Name = name }, customer] },
        });
        var user = User(crm, "jo");
        _ = crm.Accounts.Insert(("name", "Fabrikam"), ("ownerid", FieldValue.Reference(user, "systemuser")));
        _ = await crm.ModifiedAsync();
        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        crm.Later();

        _ = await crm.Engine.SynchronizeFullAsync(name);
        var landed = await crm.ModifiedAsync();

        failure.State.Should().Be(RecordFailureState.Waiting);
        failure.Awaited.Should().Be(new AwaitedCoupling(name, new(SyncSide.Integration, user)));
        landed.Counters.Should().Be(new SyncCounters { Inserted = 1 });
        crm.Customers.Records.Should().ContainSingle().Which["salespersonCode"].AsText().Should().Be(CodeOf(crm, "jo"));
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task References_of_a_page_are_resolved_in_bulk()
    {
        using var crm = new EngineFixture();
        _ = User(crm, "jo");
        _ = User(crm, "of");
        await crm.ConvergeAsync();
        Enumerable.Range(0, 50).ToList()
            .ForEach(number =>
                crm.Customers.Insert(("displayName", $"C{number}"), ("salespersonCode", CodeOf(crm, number % 2 == 0 ? "jo" : "of"))));
        crm.ResetCounters();

        _ = await crm.FullAsync();

        crm.Local.Calls[InMemoryOperation.Find].Should().Be(1);
        crm.Accounts.Records.Should().OnlyContain(record => !record["ownerid"].IsBlank).And.HaveCount(50);
    }

    private static Guid User(EngineFixture crm, string name) =>
        crm.Users.Insert(("fullname", name), ("internalemailaddress", $"{name}@contoso.com")).Id;

    private static string CodeOf(EngineFixture crm, string name) =>
        crm.Salespeople.Records.First(record => record["email"].AsText() == $"{name}@contoso.com")["code"].AsText();
}
