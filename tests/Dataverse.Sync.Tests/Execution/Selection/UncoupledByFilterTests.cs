using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>
/// With <see cref="OutsideFilterPolicy.Uncouple"/>, a pair is uncoupled when one of its records leaves its filter, and
/// coupled again when both are within their filters.
/// </summary>
public sealed class UncoupledByFilterTests
{
    public static TheoryData<SyncSide, SyncJobKind> EitherSide() => new()
    {
        { SyncSide.Local, SyncJobKind.Modified },
        { SyncSide.Local, SyncJobKind.Full },
        { SyncSide.Integration, SyncJobKind.Modified },
        { SyncSide.Integration, SyncJobKind.Full },
    };

    [Theory]
    [MemberData(nameof(EitherSide))]
    public async Task A_pair_is_uncoupled_when_a_record_leaves_its_filter(SyncSide side, SyncJobKind kind)
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, side, customer, account, "Leaving");

        var job = await RunAsync(crm, kind);

        job.Status.Should().Be(SyncJobStatus.Finished);
        job.Counters.Should().Be(new SyncCounters { Uncoupled = 1 });
        (await crm.CouplingsAsync()).Should().BeEmpty();
        crm.Writes.Should().Be(0);
        var error = (await crm.ErrorsAsync(job)).Should().ContainSingle().Subject;
        (error.Record, error.Error.Code)
            .Should().Be((new RecordKey(side, side == SyncSide.Local ? customer : account), SyncErrorCodes.LeftFilter));
    }

    [Theory]
    [MemberData(nameof(EitherSide))]
    public async Task Neither_record_gets_a_new_partner_meanwhile(SyncSide side, SyncJobKind kind)
    {
        using var crm = NewFixture(mapping => mapping.MatchOnNothing());
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, side, customer, account, "Leaving");
        _ = await RunAsync(crm, kind);
        crm.Later();
        _ = side == SyncSide.Local
            ? crm.Accounts.Update(account, ("name", "Edited"))
            : crm.Customers.Update(customer, ("displayName", "Edited"));

        _ = await RunAsync(crm, kind);
        crm.Later();
        var second = await RunAsync(crm, kind);

        (crm.Customers.Count, crm.Accounts.Count, crm.Writes).Should().Be((1, 1, 0));
        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
        second.Counters.Should().Be(new SyncCounters { Skipped = kind == SyncJobKind.Full ? 1 : 0 });
    }

    [Theory]
    [MemberData(nameof(EitherSide))]
    public async Task A_record_that_returns_is_coupled_with_its_former_partner(SyncSide side, SyncJobKind kind)
    {
        using var crm = NewFixture(mapping => mapping.MatchOnNothing());
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, side, customer, account, "Adatum");
        _ = await RunAsync(crm, kind);
        crm.Later();

        Return(crm, side, customer, account);
        var job = await RunAsync(crm, kind);

        job.Counters.Coupled.Should().Be(1);
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(account);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        crm.Later();
        crm.Customers.Update(customer, ("displayName", "Again"));
        _ = await crm.ModifiedAsync();
        crm.Name(account).Should().Be("Again");
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task A_former_partner_that_was_not_answered_once_is_not_created_again(SyncSide side)
    {
        using var crm = NewFixture(mapping => mapping.MatchOnNothing());
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, side, customer, account, "Leaving");
        _ = await crm.ModifiedAsync();
        crm.Later();
        var (table, id) = side == SyncSide.Local ? (crm.Customers, customer) : (crm.Accounts, account);
        table.Hide(id);
        _ = await crm.FullAsync();
        table.Show(id);
        crm.Later();

        _ = await crm.ModifiedAsync(new() { RetriesAllFailures = true });
        crm.Later();
        _ = await crm.ModifiedAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Both_sides_must_be_within_their_filters_before_the_pair_is_coupled_again()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Local, customer, account, "Adatum");
        _ = await crm.ModifiedAsync();
        crm.Later();
        Leave(crm, SyncSide.Integration, customer, account, "Adatum");
        Return(crm, SyncSide.Local, customer, account);
        _ = await crm.ModifiedAsync();
        crm.Later();
        var between = await crm.CouplingsAsync();

        Return(crm, SyncSide.Integration, customer, account);
        _ = await crm.ModifiedAsync();

        between.Should().BeEmpty();
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(account);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }

    [Fact]
    public async Task An_account_that_became_free_can_match_another_customer()
    {
        using var crm = NewFixture(mapping => mapping.MatchOnNothing().MatchOn("displayName", "name"));
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Local, customer, account, "Old Adatum");
        _ = await crm.ModifiedAsync();
        crm.Later();
        var successor = crm.Insert(SyncSide.Local, "Adatum");
        _ = await crm.ModifiedAsync();
        crm.Later();

        Return(crm, SyncSide.Local, customer, account);
        _ = await crm.ModifiedAsync();

        (await crm.CouplingOfAsync(successor))!.IntegrationId.Should().Be(account);
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().NotBe(account);
    }

    [Fact]
    public async Task A_record_whose_former_partner_is_gone_is_left_to_a_person()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Local, customer, account, "Adatum");
        _ = await crm.ModifiedAsync();
        crm.Later();
        crm.Accounts.Delete(account);

        Return(crm, SyncSide.Local, customer, account);
        _ = await crm.ModifiedAsync();
        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        var job = await crm.Engine.Doubts.CreatePartnersAsync("CUSTOMER", SyncSide.Local, [customer]);

        (failure.State, failure.Error.Code).Should().Be((RecordFailureState.Doubtful, SyncErrorCodes.LeftFilter));
        job.Counters.Inserted.Should().Be(1);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Uncoupling_counts_in_the_fuse()
    {
        using var crm = NewFixture();
        var customers = Enumerable.Range(0, 20).Select(number => crm.Insert(SyncSide.Local, $"Customer {number}")).ToList();
        await crm.ConvergeAsync();
        customers.Take(11).ToList().ForEach(customer => crm.Customers.Update(customer, ("blocked", true)));

        var stopped = await crm.ModifiedAsync();
        var kept = (await crm.CouplingsAsync()).Count;
        var allowed = await crm.ModifiedAsync(new() { AllowsMassDeletion = true });

        stopped.Status.Should().Be(SyncJobStatus.Stopped);
        stopped.Message.Should().Contain("outside their filter");
        kept.Should().Be(20);
        allowed.Counters.Uncoupled.Should().Be(11);
        (await crm.CouplingsAsync()).Should().HaveCount(9);
    }

    [Fact]
    public async Task Missing_and_leaving_records_are_counted_together_in_the_fuse()
    {
        using var crm = NewFixture(mapping => mapping.OnDeletion(DeletionPolicy.RemoveCoupling));
        var customers = Enumerable.Range(0, 20).Select(number => crm.Insert(SyncSide.Local, $"Customer {number}")).ToList();
        await crm.ConvergeAsync();
        customers.Take(6).ToList().ForEach(customer => crm.Customers.Update(customer, ("blocked", true)));
        customers.Skip(6).Take(6).ToList().ForEach(customer => crm.Customers.Delete(customer));

        var job = await crm.FullAsync();

        job.Status.Should().Be(SyncJobStatus.Stopped);
        (await crm.CouplingsAsync()).Should().HaveCount(20);
    }

    [Fact]
    public async Task A_preview_shows_what_would_be_uncoupled()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Local, customer, account, "Leaving");

        var preview = await crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Modified);

        preview.Jobs.Should().ContainSingle().Which.Counters.Uncoupled.Should().Be(1);
        preview.Errors.Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.LeftFilter);
        (await crm.CouplingsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_deleted_partner_of_a_record_outside_its_filter_ends_the_pair()
    {
        using var crm = NewFixture(mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Local, customer, account, "Leaving");
        crm.Accounts.Delete(account);

        _ = await crm.ModifiedAsync();

        (await crm.CouplingsAsync()).Should().BeEmpty();
        crm.Customers.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_pair_that_was_outside_before_the_policy_is_uncoupled_by_a_full_run()
    {
        using var crm = NewFixture(mapping => mapping.WhenOutsideFilter(OutsideFilterPolicy.Wait));
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Integration, customer, account, "Leaving");
        crm.Customers.Update(customer, ("displayName", "Ours"));
        _ = await crm.ModifiedAsync();
        crm.Later();
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.WhenOutsideFilter(OutsideFilterPolicy.Uncouple));

        _ = await crm.FullAsync();

        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().BeEmpty();
        crm.Writes.Should().Be(0);
    }

    [Fact]
    public async Task A_named_record_that_left_its_filter_is_uncoupled()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Integration, customer, account, "Leaving");

        var job = await crm.Engine.SynchronizeRecordAsync("CUSTOMER", SyncSide.Local, customer);

        job.Counters.Should().Be(new SyncCounters { Uncoupled = 1 });
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Matching_uncouples_nothing_and_couples_what_returned()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Local, customer, account, "Adatum");
        _ = await crm.Engine.Couplings.MatchAsync("CUSTOMER");
        var kept = await crm.CouplingsAsync();
        _ = await crm.ModifiedAsync();
        crm.Later();
        Return(crm, SyncSide.Local, customer, account);

        var job = await crm.Engine.Couplings.MatchAsync("CUSTOMER");

        kept.Should().ContainSingle();
        job.Counters.Coupled.Should().Be(1);
    }

    [Fact]
    public async Task A_rule_that_skips_an_uncoupled_record_does_not_make_the_engine_forget_its_partner()
    {
        var rule = new TestRule();
        using var crm = new EngineFixture(new FixtureOptions
        {
            Customer = mapping => mapping.MatchOnNothing(),
            Rules = [rule],
        });
        var (customer, account) = await crm.NewPairAsync();
        _ = await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);
        rule.Select = _ => RecordDecision.Skip("Not today.");
        _ = await crm.FullAsync();
        rule.Select = null;

        _ = await crm.FullAsync();

        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
        crm.Accounts.Find(account).Should().NotBeNull();
    }

    [Fact]
    public async Task Both_records_that_leave_at_once_are_one_pair()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Local, customer, account, "Leaving");
        Leave(crm, SyncSide.Integration, customer, account, "Leaving too");

        var job = await crm.FullAsync();

        job.Counters.Should().Be(new SyncCounters { Uncoupled = 1 });
        (await crm.ErrorsAsync(job)).Should().ContainSingle();
    }

    [Fact]
    public async Task A_record_that_leaves_on_a_side_that_the_mapping_does_not_read_is_found_by_a_full_run()
    {
        using var crm = NewFixture(mapping => mapping.Direction(SyncDirection.ToIntegrationTable));
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Integration, customer, account, "Leaving");

        var modified = await crm.ModifiedAsync();
        var full = await crm.FullAsync();

        (modified.Counters.Uncoupled, full.Counters.Uncoupled).Should().Be((0, 1));
        crm.Accounts.Count.Should().Be(1);
    }

    [Theory]
    [InlineData(OutsideFilterPolicy.Wait)]
    [InlineData(OutsideFilterPolicy.Follow)]
    public async Task A_pair_is_coupled_again_although_the_policy_is_another_one_by_then(OutsideFilterPolicy policy)
    {
        using var crm = NewFixture(mapping => mapping.MatchOnNothing());
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Local, customer, account, "Adatum");
        _ = await crm.ModifiedAsync();
        crm.Later();
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.WhenOutsideFilter(policy));

        Return(crm, SyncSide.Local, customer, account);
        _ = await crm.ModifiedAsync();

        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(account);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }

    [Fact]
    public async Task A_record_that_leaves_and_returns_between_two_runs_keeps_its_partner()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        Leave(crm, SyncSide.Local, customer, account, "Ours");
        Return(crm, SyncSide.Local, customer, account);

        var job = await crm.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        crm.Name(account).Should().Be("Ours");
    }

    [Fact]
    public async Task A_conflict_of_a_pair_that_a_filter_separates_lapses_and_keeps_its_values()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Ours"));
        crm.Accounts.Update(account, ("name", "Theirs"));
        _ = await crm.ModifiedAsync();
        crm.Later();
        Leave(crm, SyncSide.Local, customer, account, "Ours");

        _ = await crm.ModifiedAsync();

        (await crm.ConflictsAsync()).Should().BeEmpty();
        (await crm.ConflictsAsync(includeResolved: true)).Should().ContainSingle()
            .Which.Fields.Should().ContainSingle().Which.Integration.AsText().Should().Be("Theirs");
    }

    private static EngineFixture NewFixture(Action<IntegrationTableMappingBuilder>? change = null) => new(mapping =>
    {
        _ = mapping
            .LocalFilter(RecordFilter.NotEqual("blocked", FieldValue.Boolean(true)))
            .IntegrationFilter(RecordFilter.NotEqual("inactive", FieldValue.Boolean(true)))
            .WhenOutsideFilter(OutsideFilterPolicy.Uncouple);
        change?.Invoke(mapping);
    });

    private static void Leave(EngineFixture crm, SyncSide side, Guid customer, Guid account, string name) =>
        _ = side == SyncSide.Local
            ? crm.Customers.Update(customer, ("blocked", true), ("displayName", name))
            : crm.Accounts.Update(account, ("inactive", true), ("name", name));

    private static void Return(EngineFixture crm, SyncSide side, Guid customer, Guid account) =>
        _ = side == SyncSide.Local
            ? crm.Customers.Update(customer, ("blocked", false))
            : crm.Accounts.Update(account, ("inactive", false));

    private static Task<SyncJob> RunAsync(EngineFixture crm, SyncJobKind kind) =>
        kind == SyncJobKind.Full ? crm.FullAsync() : crm.ModifiedAsync();
}
