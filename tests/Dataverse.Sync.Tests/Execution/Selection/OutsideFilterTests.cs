using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>A record outside its filter is frozen: not read into a plan, written, deleted, created again, or matched.</summary>
public sealed class OutsideFilterTests
{
    public static TheoryData<SyncJobKind> BothRuns() => [SyncJobKind.Modified, SyncJobKind.Full];

    [Theory]
    [MemberData(nameof(BothRuns))]
    public async Task Values_of_a_blocked_customer_do_not_travel_in_either_direction(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("blocked", true), ("displayName", "Ours"));
        crm.Accounts.Update(account, ("postalcode", "2000"));

        _ = await RunAsync(crm, kind);

        crm.Writes.Should().Be(0);
        crm.Name(account).Should().Be("Adatum");
    }

    [Theory]
    [MemberData(nameof(BothRuns))]
    public async Task What_was_edited_on_both_sides_meanwhile_travels_when_the_record_is_back(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("blocked", true), ("displayName", "Ours"));
        crm.Accounts.Update(account, ("postalcode", "2000"));
        _ = await RunAsync(crm, kind);
        crm.Later();

        crm.Customers.Update(customer, ("blocked", false));
        _ = await RunAsync(crm, kind);

        crm.Name(account).Should().Be("Ours");
        crm.Customers.Find(customer)!["postalCode"].AsText().Should().Be("2000");
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task An_edit_of_the_partner_is_not_forgotten_when_the_frozen_record_returns_unedited(SyncSide frozen)
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        Freeze(true);
        _ = frozen == SyncSide.Local
            ? crm.Accounts.Update(account, ("name", "Theirs"))
            : crm.Customers.Update(customer, ("displayName", "Theirs"));
        _ = await crm.ModifiedAsync();
        var waiting = await crm.FailuresAsync();
        crm.Later();

        Freeze(false);
        _ = await crm.ModifiedAsync();

        waiting.Should().ContainSingle().Which.State.Should().Be(RecordFailureState.Waiting);
        (crm.DisplayName(customer), crm.Name(account)).Should().Be(("Theirs", "Theirs"));
        (await crm.FailuresAsync()).Should().BeEmpty();

        void Freeze(bool yes) => _ = frozen == SyncSide.Local
            ? crm.Customers.Update(customer, ("blocked", yes))
            : crm.Accounts.Update(account, ("inactive", yes));
    }

    [Fact]
    public async Task A_waiting_pair_costs_no_request()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Update(account, ("inactive", true));
        crm.Customers.Update(customer, ("displayName", "Ours"));
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();
        crm.ResetCounters();

        _ = await crm.ModifiedAsync();

        (crm.Local.Calls.Total, crm.Integration.Calls.Total).Should().Be((1, 1));
    }

    [Theory]
    [MemberData(nameof(BothRuns))]
    public async Task A_customer_waits_while_its_account_is_inactive(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Update(account, ("inactive", true));
        crm.Customers.Update(customer, ("displayName", "Ours"));

        var waiting = await RunAsync(crm, kind);
        crm.Later();
        crm.Accounts.Update(account, ("inactive", false));
        _ = await RunAsync(crm, kind);

        waiting.Counters.Should().BeEquivalentTo(new { Modified = 0, Failed = 0, Skipped = 1 });
        crm.Name(account).Should().Be("Ours");
    }

    [Fact]
    public async Task A_named_record_is_told_that_its_partner_is_outside()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Update(account, ("inactive", true));

        var job = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer);

        job.Counters.Skipped.Should().Be(1);
        (await crm.ErrorsAsync(job)).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.OutsideFilter);
    }

    [Theory]
    [InlineData(DeletionPolicy.DeleteRecord)]
    [InlineData(DeletionPolicy.RestoreRecords)]
    [InlineData(DeletionPolicy.RemoveCoupling)]
    public async Task A_blocked_customer_is_neither_deleted_nor_restored_nor_uncoupled(DeletionPolicy policy)
    {
        using var crm = NewFixture(mapping => mapping.OnDeletion(policy));
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("blocked", true));
        crm.Accounts.Delete(account);

        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.FullAsync();

        crm.Customers.Count.Should().Be(1);
        crm.Accounts.Count.Should().Be(0);
        (await crm.CouplingOfAsync(customer)).Should().NotBeNull();
    }

    [Fact]
    public async Task The_deletion_is_judged_when_the_survivor_is_back()
    {
        using var crm = NewFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("blocked", true));
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();
        crm.Later();

        crm.Customers.Update(customer, ("blocked", false));
        _ = await crm.ModifiedAsync();

        crm.Customers.Count.Should().Be(0);
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task The_deletion_is_judged_when_the_survivor_is_back_although_failures_were_tried_again_meanwhile()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("blocked", true));
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();
        crm.Later();
        _ = await crm.ModifiedAsync(new() { RetriesAllFailures = true });
        crm.Later();

        crm.Customers.Update(customer, ("blocked", false));
        _ = await crm.ModifiedAsync();

        (await crm.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.CoupledRecordDeleted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_of_an_uncertain_insert_that_was_blocked_meanwhile_is_not_created_a_second_time(bool isRewritten)
    {
        using var crm = NewFixture();
        var account = crm.Accounts.Insert(("name", "Fabrikam"), ("postalcode", "1000"), ("creditlimit", 5m)).Id;
        crm.Local.Faults.FailWrites(InMemoryWriteFault.AnswerLost);
        _ = await crm.ModifiedAsync();
        var customer = crm.Customers.Records.Should().ContainSingle().Which.Id;
        crm.Customers.Update(customer, ("blocked", true));
        if (isRewritten)
        {
            crm.Customers.Update(customer, ("displayName", "FABRIKAM"));
        }

        crm.Later();
        _ = await crm.FullAsync();
        crm.Later();
        _ = await crm.FullAsync();

        crm.Customers.Count.Should().Be(1);
        var coupling = await crm.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, account);
        (coupling is not null).Should().Be(!isRewritten, "what resembles the record is left to a person");
    }

    [Theory]
    [MemberData(nameof(BothRuns))]
    public async Task The_edit_that_blocks_travels_where_the_status_is_mapped_and_those_after_it_wait(SyncJobKind kind)
    {
        using var crm = NewFixture(mapping => mapping.Field("blocked", "inactive"));
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("blocked", true), ("displayName", "Leaving"));
        _ = await RunAsync(crm, kind);
        var left = crm.Accounts.Find(account)!;
        crm.Later();
        crm.Customers.Update(customer, ("displayName", "Between"));
        _ = await RunAsync(crm, kind);
        var between = crm.Name(account);
        crm.Later();

        crm.Customers.Update(customer, ("blocked", false));
        _ = await RunAsync(crm, kind);

        (left["inactive"].AsBoolean(), left["name"].AsText()).Should().Be((true, "Leaving"));
        between.Should().Be("Leaving");
        var back = crm.Accounts.Find(account)!;
        (back["inactive"].AsBoolean(), back["name"].AsText()).Should().Be((false, "Between"));
    }

    [Fact]
    public async Task An_account_that_a_person_deactivates_blocks_its_customer_where_the_status_is_mapped()
    {
        using var crm = NewFixture(mapping => mapping.Field("blocked", "inactive"));
        var (customer, account) = await crm.NewPairAsync();

        crm.Accounts.Update(account, ("inactive", true));
        _ = await crm.ModifiedAsync();

        crm.Customers.Find(customer)!["blocked"].AsBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task A_deletion_that_failed_while_the_survivor_was_blocked_is_reported_when_it_returns()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Accounts.Delete(account);
        _ = await crm.ModifiedAsync();
        (await crm.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.CoupledRecordDeleted);
        crm.Customers.Update(customer, ("blocked", true));
        crm.Local.Faults.FailWrites(InMemoryWriteFault.Transient);
        _ = await crm.Engine.Issues.DeleteSurvivorAsync("CUSTOMER", SyncSide.Local, customer);
        crm.Local.Faults.Clear();
        crm.Later();
        _ = await crm.ModifiedAsync();
        var waiting = await crm.FailuresAsync();
        crm.Later();

        crm.Customers.Update(customer, ("blocked", false));
        _ = await crm.ModifiedAsync();

        waiting.Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.OutsideFilter);
        (await crm.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.CoupledRecordDeleted);
        crm.Customers.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_mapped_status_waits_too_if_the_mapping_says_so()
    {
        using var crm = NewFixture(
            mapping => mapping.Field("blocked", "inactive").WhenOutsideFilter(OutsideFilterPolicy.Wait));
        var (customer, _) = await crm.NewPairAsync();

        crm.Customers.Update(customer, ("blocked", true));
        _ = await crm.ModifiedAsync();

        crm.Writes.Should().Be(0);
    }

    private static EngineFixture NewFixture(Action<IntegrationTableMappingBuilder>? change = null) => new(mapping =>
    {
        _ = mapping
            .LocalFilter(RecordFilter.NotEqual("blocked", FieldValue.Boolean(true)))
            .IntegrationFilter(RecordFilter.NotEqual("inactive", FieldValue.Boolean(true)));
        change?.Invoke(mapping);
    });

    private static Task<SyncJob> RunAsync(EngineFixture crm, SyncJobKind kind) =>
        kind == SyncJobKind.Full ? crm.FullAsync() : crm.ModifiedAsync();
}
