using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>
/// Matching in groups by priority: a run of modified records queries the other side; a full run and match-based coupling scan it.
/// </summary>
public sealed class MatchingTests
{
    public static TheoryData<SyncJobKind> EveryWay() => [SyncJobKind.Modified, SyncJobKind.Full, SyncJobKind.Coupling];

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Exactly_one_uncoupled_hit_is_coupled(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var customer = Customer(crm, "10000", "Adatum", null);
        var account = Account(crm, "10000", "Adatum Corp", null);

        var job = await RunAsync(crm, kind);

        job.Counters.Coupled.Should().Be(1);
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(account);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 1));
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    [Trait("parity", "BC-1.3-11")]
    public async Task Next_group_is_tried_when_one_finds_nothing_or_several(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var none = Customer(crm, "1", "Adatum", null);
        var several = Customer(crm, "2", "Fabrikam", "9999");
        var byName = Account(crm, "77", "ADATUM", null);
        _ = Account(crm, "88", "Fabrikam", "1111");
        var byCode = Account(crm, "99", "Fabrikam", "9999");

        _ = await RunAsync(crm, kind);

        (await crm.CouplingOfAsync(none))!.IntegrationId.Should().Be(byName);
        (await crm.CouplingOfAsync(several))!.IntegrationId.Should().Be(byCode);
    }

    [Theory]
    [InlineData(SyncJobKind.Modified)]
    [InlineData(SyncJobKind.Coupling)]
    public async Task A_candidate_that_another_record_took_still_makes_a_match_doubtful(SyncJobKind kind)
    {
        using var crm = NewFixture();
        var byNumber = Customer(crm, "1", "Other name", null);
        var byName = Customer(crm, "2", "Adatum", null);
        var first = Account(crm, "1", "Adatum", null);
        var second = Account(crm, "77", "Adatum", null);

        _ = await RunAsync(crm, kind);

        (await crm.CouplingOfAsync(byNumber))!.IntegrationId.Should().Be(first);
        (await crm.CouplingOfAsync(byName)).Should().BeNull();
        (await crm.FailuresAsync()).Where(failure => failure.Record.Side == SyncSide.Local)
            .Should().ContainSingle(failure => failure.State == RecordFailureState.Doubtful)
            .Which.Candidates.Select(candidate => candidate.Record.Id).Should().BeEquivalentTo([first, second]);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((2, 2));
    }

    [Fact]
    public async Task A_candidate_whose_name_followed_its_partner_no_longer_makes_a_match_doubtful()
    {
        using var crm = NewFixture();
        var byNumber = Customer(crm, "1", "Other name", null);
        var byName = Customer(crm, "2", "Adatum", null);
        var first = Account(crm, "1", "Adatum", null);
        var second = Account(crm, "77", "Adatum", null);

        _ = await crm.FullAsync();

        (await crm.CouplingOfAsync(byNumber))!.IntegrationId.Should().Be(first);
        (await crm.CouplingOfAsync(byName))!.IntegrationId.Should().Be(second);
        (await crm.FailuresAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    [Trait("parity", "BC-1.3-11")]
    public async Task Letter_case_counts_only_where_the_field_says_so(bool isCaseSensitive, int coupled)
    {
        using var crm = new EngineFixture(mapping =>
            mapping.MatchOnNothing().MatchOn("displayName", "name", caseSensitive: isCaseSensitive));
        _ = Customer(crm, "1", "Adatum", null);
        _ = Account(crm, "77", "ADATUM", null);

        (await crm.Engine.Couplings.MatchAsync("CUSTOMER")).Counters.Coupled.Should().Be(coupled);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task Blank_fields_are_left_out_and_a_blank_group_finds_nothing(SyncJobKind kind)
    {
        using var crm = new EngineFixture(mapping =>
            mapping.MatchOnNothing().MatchOn("displayName", "name").MatchOn("postalCode", "postalcode"));
        var withoutCode = Customer(crm, "1", "Adatum", null);
        var blank = Customer(crm, "2", null, null);
        var account = Account(crm, "77", "Adatum", "1000");
        _ = Account(crm, "78", null, null);

        _ = await RunAsync(crm, kind, onlyCoupled: true);

        (await crm.CouplingOfAsync(withoutCode))!.IntegrationId.Should().Be(account);
        (await crm.CouplingOfAsync(blank)).Should().BeNull();
    }

    [Fact]
    [Trait("parity", "BC-1.1-14")]
    [Trait("parity", "BC-1.1-15")]
    public async Task Match_couples_only_and_leaves_the_records_alone()
    {
        using var crm = NewFixture();
        var customer = Customer(crm, "1", "Ours", null);
        _ = Account(crm, "1", "Theirs", null);
        _ = Customer(crm, "2", "Alone", null);

        var job = await crm.Engine.Couplings.MatchAsync("CUSTOMER");

        job.Should()
            .BeEquivalentTo(
                new { Kind = SyncJobKind.Coupling, Counters = new SyncCounters { Coupled = 1, Unchanged = 1, Skipped = 1 } });
        crm.Writes.Should().Be(0);
        (await crm.CouplingOfAsync(customer))!.Base.Should().BeNull();
    }

    [Fact]
    public async Task Match_does_not_swallow_the_edits_of_coupled_records()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        crm.Customers.Update(customer, ("displayName", "Edited"));

        _ = await crm.Engine.Couplings.MatchAsync("CUSTOMER");
        _ = await crm.ModifiedAsync();

        crm.Name(account).Should().Be("Edited");
    }

    [Fact]
    public async Task I9_Match_does_not_forget_failed_records()
    {
        using var crm = NewFixture();
        _ = Customer(crm, "1", "Adatum", null);
        crm.Integration.Faults.FailWrites(InMemoryWriteFault.Rejected);
        _ = await crm.FullAsync();

        _ = await crm.Engine.Couplings.MatchAsync("CUSTOMER");
        var kept = await crm.FailuresAsync();
        crm.Later();
        _ = await crm.ModifiedAsync();

        kept.Should().ContainSingle();
        crm.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task Records_outside_the_filter_of_their_side_are_no_candidates()
    {
        using var crm = new EngineFixture(mapping => mapping
            .LocalFilter(RecordFilter.NotEqual("blocked", FieldValue.Boolean(true)))
            .IntegrationFilter(RecordFilter.NotEqual("inactive", FieldValue.Boolean(true))));
        _ = crm.Customers.Insert(("number", "1"), ("blocked", true));
        var customer = Customer(crm, "2", "Adatum", null);
        _ = crm.Accounts.Insert(("accountnumber", "2"), ("inactive", true));
        _ = Account(crm, "1", "Fabrikam", null);

        _ = await crm.Engine.Couplings.MatchAsync("CUSTOMER");

        (await crm.CouplingOfAsync(customer)).Should().BeNull();
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Coupling_by_hand_is_synchronized_by_the_next_full_run()
    {
        using var crm = NewFixture();
        var (customer, account) = (Customer(crm, "1", "Ours", null), Account(crm, "77", "Theirs", null));

        var coupling = await crm.Engine.Couplings.CoupleAsync("CUSTOMER", customer, account);
        _ = await crm.FullAsync();

        coupling.Should()
            .BeEquivalentTo(new { LocalId = customer, IntegrationId = account, Base = (SynchronizedBase?)null });
        crm.Name(account).Should().Be("Ours");
    }

    [Fact]
    public async Task Coupling_a_pair_again_keeps_what_was_synchronized()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();
        var before = await crm.CouplingOfAsync(customer);

        (await crm.Engine.Couplings.CoupleAsync("CUSTOMER", customer, account)).Should().Be(before);
        (await crm.CouplingOfAsync(customer)).Should().Be(before);
    }

    [Fact]
    public async Task Coupling_a_record_that_does_not_exist_is_refused()
    {
        using var crm = NewFixture();
        var customer = Customer(crm, "1", "Ours", null);

        var couple = () => crm.Engine.Couplings.CoupleAsync("CUSTOMER", customer, Guid.NewGuid());

        await couple.Should().ThrowAsync<SyncConfigurationException>().WithMessage("*account*");
    }

    [Fact]
    public async Task Uncoupling_leaves_both_records_and_counts()
    {
        using var crm = NewFixture();
        var (customer, account) = await crm.NewPairAsync();

        var job = await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer, Guid.NewGuid()]);

        job.Should()
            .BeEquivalentTo(
                new
                {
                    Kind = SyncJobKind.Uncoupling,
                    Status = SyncJobStatus.Finished,
                    Counters = new SyncCounters { Uncoupled = 1, Skipped = 1 },
                });
        (await crm.CouplingsAsync()).Should().BeEmpty();
        (crm.Customers.Find(customer), crm.Accounts.Find(account))
            .Should().NotBe(((TableRecord?)null, (TableRecord?)null));
        crm.Writes.Should().Be(0);
    }

    private static EngineFixture NewFixture() =>
        new(mapping =>
            mapping.MatchOn("displayName", "name", priority: 1).MatchOn("postalCode", "postalcode", priority: 2));

    private static Task<SyncJob> RunAsync(EngineFixture crm, SyncJobKind kind, bool? onlyCoupled = null) => kind switch
    {
        SyncJobKind.Modified => crm.ModifiedAsync(new() { OnlyCoupledRecords = onlyCoupled }),
        SyncJobKind.Full => crm.FullAsync(new() { OnlyCoupledRecords = onlyCoupled }),
        _ => crm.Engine.Couplings.MatchAsync("CUSTOMER"),
    };

    private static Guid Customer(EngineFixture crm, string number, string? name, string? postalCode) =>
        crm.Customers.Insert(("number", number), ("displayName", name), ("postalCode", postalCode)).Id;

    private static Guid Account(EngineFixture crm, string number, string? name, string? postalCode) =>
        crm.Accounts.Insert(("accountnumber", number), ("name", name), ("postalcode", postalCode)).Id;
}
