using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Matching;

/// <summary>A match counts only if it is unique from both sides. Everything else is doubtful, and left to a person.</summary>
public sealed class DoubtfulMatchTests
{
    public static TheoryData<SyncJobKind> EveryWay() => [SyncJobKind.Modified, SyncJobKind.Full, SyncJobKind.Coupling];

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Two_accounts_of_one_name_are_no_hit(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var customer = Customer(crm, "1", "Adatum");
        var accounts = new[] { Account(crm, "77", "Adatum"), Account(crm, "78", "ADATUM") };

        var job = await RunAsync(crm, kind);

        await ShouldBeDoubtfulAsync(crm, new(SyncSide.Local, customer), accounts);
        job.Counters.Doubtful.Should().Be(kind == SyncJobKind.Coupling ? 1 : 3);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 2));
        crm.Writes.Should().Be(0);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Two_customers_for_one_account_are_no_hit(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var first = Customer(crm, "1", "Adatum");
        var second = Customer(crm, "2", "adatum");
        var account = Account(crm, "77", "Adatum");

        _ = await RunAsync(crm, kind);

        await ShouldBeDoubtfulAsync(crm, new(SyncSide.Local, first), [account, second]);
        await ShouldBeDoubtfulAsync(crm, new(SyncSide.Local, second), [account, first]);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 1));
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Coupled_twins_make_a_match_doubtful(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var coupled = Customer(crm, "1", "Adatum");
        var account = Account(crm, "1", "Adatum");
        _ = await crm.FullAsync();
        crm.Later();
        var second = Customer(crm, "2", "Adatum");

        _ = await RunAsync(crm, kind);

        await ShouldBeDoubtfulAsync(crm, new(SyncSide.Local, second), [account]);
        (await crm.CouplingOfAsync(coupled))!.IntegrationId.Should().Be(account);
        crm.Accounts.Count.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task A_free_account_whose_customers_twin_is_coupled_is_no_hit(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var coupled = Customer(crm, "1", "Adatum");
        _ = Account(crm, "1", "Elsewhere");
        _ = await crm.Engine.Couplings.MatchAsync("CUSTOMER");
        var second = Customer(crm, "2", "Adatum");
        var account = Account(crm, "77", "Adatum");

        _ = await RunAsync(crm, kind);

        await ShouldBeDoubtfulAsync(crm, new(SyncSide.Local, second), [account, coupled]);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Further_fields_confirm_one_of_several(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing()
            .MatchOn("displayName", "name").ConfirmOn("postalCode", "postalcode"));
        var customer = Customer(crm, "1", "Adatum", "1000");
        _ = Account(crm, "77", "Adatum", "2000");
        var confirmed = Account(crm, "78", "Adatum", "1000");

        _ = await RunAsync(crm, kind, onlyCoupled: true);

        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(confirmed);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Further_fields_confirm_one_of_two_claims(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing()
            .MatchOn("displayName", "name").ConfirmOn("postalCode", "postalcode"));
        var other = Customer(crm, "1", "Adatum", "2000");
        var confirmed = Customer(crm, "2", "Adatum", "1000");
        var account = Account(crm, "77", "Adatum", "1000");

        _ = await RunAsync(crm, kind, onlyCoupled: true);

        (await crm.CouplingOfAsync(confirmed))!.IntegrationId.Should().Be(account);
        await ShouldBeDoubtfulAsync(crm, new(SyncSide.Local, other), [account, confirmed]);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task A_unique_name_needs_no_confirmation(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing()
            .MatchOn("displayName", "name").ConfirmOn("postalCode", "postalcode"));
        var customer = Customer(crm, "1", "Adatum", "1000");
        var account = Account(crm, "77", "Adatum", "2000");

        _ = await RunAsync(crm, kind, onlyCoupled: true);

        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(account);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task A_suggestion_couples_nothing_and_creates_nothing(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing()
            .MatchOn("displayName", "name").SuggestOn("postalCode", "postalcode"));
        var customer = Customer(crm, "1", "Adatum", "1000");
        var account = Account(crm, "77", "Fabrikam", "1000");

        _ = await RunAsync(crm, kind);

        await ShouldBeDoubtfulAsync(crm, new(SyncSide.Local, customer), [account]);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task A_suggestion_that_is_coupled_already_is_somebody_else(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing()
            .MatchOn("displayName", "name").SuggestOn("postalCode", "postalcode"));
        _ = Customer(crm, "1", "Adatum", "1000");
        _ = Account(crm, "77", "Adatum", "1000");
        _ = await crm.FullAsync();
        crm.Later();
        _ = Customer(crm, "2", "Fabrikam", "1000");

        _ = await RunAsync(crm, kind);

        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Accounts.Count.Should().Be(kind == SyncJobKind.Coupling ? 1 : 2);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Business_Centrals_way_creates_a_doubtful_record(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping
            .MatchOn("displayName", "name", priority: 1).OnDoubtfulMatch(DoubtfulMatchPolicy.Create)
            .Direction(SyncDirection.ToIntegrationTable));
        var customer = Customer(crm, "1", "Adatum");
        _ = Account(crm, "77", "Adatum");
        _ = Account(crm, "78", "Adatum");

        _ = await RunAsync(crm, kind);

        crm.Accounts.Count.Should().Be(kind == SyncJobKind.Coupling ? 2 : 3);
        (await crm.CouplingOfAsync(customer) is null).Should().Be(kind == SyncJobKind.Coupling);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task The_only_hit_outside_a_state_filter_holds_the_record(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping
            .IntegrationFilter(RecordFilter.NotEqual("inactive", FieldValue.Boolean(true))));
        var customer = Customer(crm, "1", "Adatum");
        var inactive = crm.Accounts.Insert(("accountnumber", "1"), ("inactive", true)).Id;

        _ = await RunAsync(crm, kind);

        var failure = await ShouldBeDoubtfulAsync(crm, new(SyncSide.Local, customer), [inactive]);
        failure.Error.Code.Should().Be(SyncErrorCodes.PartnerOutsideFilter);
        crm.Accounts.Count.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task A_hit_inside_the_filter_outweighs_those_outside(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping
            .IntegrationFilter(RecordFilter.NotEqual("inactive", FieldValue.Boolean(true))));
        var customer = Customer(crm, "1", "Adatum");
        _ = crm.Accounts.Insert(("accountnumber", "1"), ("inactive", true));
        var active = Account(crm, "1", "Adatum");

        _ = await RunAsync(crm, kind);

        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(active);
    }

    [Theory]
    [InlineData(SyncJobKind.Modified)]
    [InlineData(SyncJobKind.Full)]
    public async Task An_account_whose_customer_is_outside_its_filter_is_held_as_well(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping
            .LocalFilter(RecordFilter.NotEqual("blocked", FieldValue.Boolean(true))));
        var blocked = crm.Customers.Insert(("number", "1"), ("displayName", "Adatum"), ("blocked", true)).Id;
        var account = Account(crm, "1", "Adatum");

        _ = await RunAsync(crm, kind);

        var failure = await ShouldBeDoubtfulAsync(crm, new(SyncSide.Integration, account), [blocked]);
        failure.Error.Code.Should().Be(SyncErrorCodes.PartnerOutsideFilter);
        crm.Customers.Count.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Records_of_another_mapping_over_the_same_table_never_count(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping => mapping
            .Direction(SyncDirection.ToIntegrationTable)
            .IntegrationConstant("inactive", FieldValue.Boolean(false))
            .IntegrationFilter(RecordFilter.Equal("inactive", FieldValue.Boolean(false))));
        _ = Customer(crm, "1", "Adatum");
        _ = crm.Accounts.Insert(("accountnumber", "1"), ("inactive", true));

        _ = await RunAsync(crm, kind);

        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Accounts.Count.Should().Be(kind == SyncJobKind.Coupling ? 1 : 2);
    }

    [Fact]
    public async Task A_doubtful_record_costs_no_request_until_a_member_changes()
    {
        using var crm = NewFixture();
        var customer = Customer(crm, "1", "Adatum");
        var (first, second) = (Account(crm, "77", "Adatum"), Account(crm, "78", "Adatum"));
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();
        crm.Later();
        var before = Requests(crm);
        _ = await crm.ModifiedAsync();
        var idle = Requests(crm) - before;

        crm.Later();
        crm.Accounts.Update(second, ("name", "Renamed"));
        var job = await crm.ModifiedAsync();

        idle.Should().Be(2, "each side is asked for its changes and for nothing else");
        job.Counters.Coupled.Should().Be(1);
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(first);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_doubt_ends_when_a_twin_is_deleted()
    {
        using var crm = NewFixture();
        var customer = Customer(crm, "1", "Adatum");
        var (first, second) = (Account(crm, "77", "Adatum"), Account(crm, "78", "Adatum"));
        _ = await crm.ModifiedAsync();
        crm.Later();

        crm.Accounts.Delete(second);
        _ = await crm.FullAsync();

        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(first);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_doubt_ends_when_a_person_couples_the_record()
    {
        using var crm = NewFixture();
        var customer = Customer(crm, "1", "Adatum");
        var (first, second) = (Account(crm, "77", "Adatum"), Account(crm, "78", "Adatum"));
        _ = await crm.ModifiedAsync();
        crm.Later();

        _ = await crm.Engine.Couplings.CoupleAsync("CUSTOMER", customer, first);
        _ = await crm.ModifiedAsync();

        (await crm.CouplingOfAsync(customer))!.Base.Should().NotBeNull();
        (await crm.FailuresAsync()).Should().ContainSingle().Which.Record.Should().Be(
            new RecordKey(SyncSide.Integration, second));
        crm.Customers.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_doubtful_record_that_is_gone_is_no_longer_listed()
    {
        using var crm = NewFixture();
        var customer = Customer(crm, "1", "Adatum");
        _ = (Account(crm, "77", "Adatum"), Account(crm, "78", "Adatum"));
        _ = await crm.ModifiedAsync();
        crm.Later();

        crm.Customers.Delete(customer);
        _ = await crm.FullAsync();

        (await crm.FailuresAsync()).Should().NotContain(failure => failure.Record.Side == SyncSide.Local);
        crm.Customers.Count.Should().Be(2, "the two accounts have different numbers and no claims to one customer");
    }

    [Fact]
    public async Task Best_candidates_are_coupled_in_bulk()
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing().MatchOn("displayName", "name"));
        var first = Customer(crm, "1", "Adatum", "1000");
        var (right, wrong) = (Account(crm, "1", "Adatum", "1000"), Account(crm, "78", "Adatum", "2000"));
        var tied = Customer(crm, "2", "Fabrikam", "3000");
        _ = (Account(crm, "80", "Fabrikam", "1"), Account(crm, "81", "Fabrikam", "2"));
        _ = await crm.FullAsync();

        var couplings = await crm.Engine.Doubts.CoupleBestAsync("CUSTOMER", doubt => doubt.Record.Side == SyncSide.Local);
        crm.Later();
        _ = await crm.ModifiedAsync();

        couplings.Should().ContainSingle().Which.IntegrationId.Should().Be(right);
        (await crm.CouplingOfAsync(first))!.Base.Should().NotBeNull();
        (await crm.CouplingOfAsync(tied)).Should().BeNull();
        (await crm.Engine.Doubts.ListAsync("CUSTOMER").ToListAsync()).Should().HaveCount(4)
            .And.Contain(doubt => doubt.Record.Id == wrong).And.NotContain(doubt => doubt.Record.Id == first);
    }

    [Fact]
    public async Task Ignored_records_are_left_alone_until_a_person_retries_them()
    {
        using var crm = NewFixture();
        var customer = Customer(crm, "1", "Adatum");
        var (first, second) = (Account(crm, "77", "Adatum"), Account(crm, "78", "Adatum"));
        _ = await crm.FullAsync();

        var ignored = await crm.Engine.Doubts.IgnoreAsync("CUSTOMER");
        crm.Accounts.Update(second, ("name", "Renamed"));
        crm.Later();
        _ = await crm.FullAsync();
        var left = await crm.CouplingOfAsync(customer);
        _ = await crm.Engine.Issues.RetryAsync("CUSTOMER", SyncSide.Local, [customer]);

        (ignored, left).Should().Be((3, null));
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(first);
    }

    [Fact]
    public async Task A_doubt_ends_in_the_run_that_changes_its_candidate_and_in_its_preview()
    {
        using var crm = NewFixture();
        _ = Customer(crm, "1", "Adatum");
        var account = Account(crm, "1", "Adatum");
        _ = await crm.FullAsync();
        crm.Later();
        var twin = Account(crm, "2", "Adatum");
        _ = await crm.ModifiedAsync();
        crm.Later();
        crm.Accounts.Update(account, ("name", "Renamed"));

        var preview = await crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Modified);
        var job = await crm.ModifiedAsync();

        (job.Counters.Modified, job.Counters.Inserted, job.Counters.Doubtful).Should().Be((1, 1, 0));
        preview.Jobs.Single().Counters.Should().Be(job.Counters);
        (await crm.CouplingsAsync()).Should().Contain(coupling => coupling.IntegrationId == twin);
    }

    [Fact]
    public async Task A_doubt_ends_in_the_next_run_if_a_run_of_a_named_record_changed_its_candidate()
    {
        using var crm = NewFixture();
        _ = Customer(crm, "1", "Adatum");
        var account = Account(crm, "1", "Adatum");
        _ = await crm.FullAsync();
        crm.Later();
        var twin = Account(crm, "2", "Adatum");
        _ = await crm.ModifiedAsync();
        crm.Later();
        crm.Accounts.Update(account, ("name", "Renamed"));

        _ = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Integration, account);
        crm.Later();
        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Should().Contain(coupling => coupling.IntegrationId == twin);
        crm.Customers.Count.Should().Be(2);
    }

    private static long Requests(EngineFixture crm) => crm.Local.Calls.Total + crm.Integration.Calls.Total;

    private static EngineFixture NewFixture() => new(mapping => mapping.MatchOn("displayName", "name", priority: 1));

    private static Task<SyncJob> RunAsync(EngineFixture crm, SyncJobKind kind, bool? onlyCoupled = null) => kind switch
    {
        SyncJobKind.Modified => crm.ModifiedAsync(new() { OnlyCoupledRecords = onlyCoupled }),
        SyncJobKind.Full => crm.FullAsync(new() { OnlyCoupledRecords = onlyCoupled }),
        _ => crm.Engine.Couplings.MatchAsync("CUSTOMER"),
    };

    private static async Task<RecordFailure> ShouldBeDoubtfulAsync(
        EngineFixture crm, RecordKey record, IEnumerable<Guid> candidates)
    {
        var failure = (await crm.FailuresAsync()).Should().ContainSingle(item => item.Record == record).Subject;
        failure.State.Should().Be(RecordFailureState.Doubtful);
        failure.Candidates.Select(candidate => candidate.Record.Id).Should().BeEquivalentTo(candidates);
        return failure;
    }

    private static Guid Customer(EngineFixture crm, string number, string name, string? postalCode = null) =>
        crm.Customers.Insert(("number", number), ("displayName", name), ("postalCode", postalCode)).Id;

    private static Guid Account(EngineFixture crm, string number, string name, string? postalCode = null) =>
        crm.Accounts.Insert(("accountnumber", number), ("name", name), ("postalcode", postalCode)).Id;
}
