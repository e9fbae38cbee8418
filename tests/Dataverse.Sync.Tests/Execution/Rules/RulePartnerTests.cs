using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Rules;

/// <summary>A rule that names a partner that is taken fails its record; nothing is created or coupled in its place.</summary>
public sealed class RulePartnerTests
{
    public static TheoryData<SyncJobKind> EveryWay() => [SyncJobKind.Modified, SyncJobKind.Full, SyncJobKind.Coupling];

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task A_record_whose_rule_names_a_coupled_record_fails_with_the_reason(SyncJobKind kind)
    {
        var rule = new TestRule();
        using var crm = NewFixture(rule);
        var (customer, account) = await crm.NewPairAsync();
        var second = crm.Insert(SyncSide.Local, "Fabrikam");
        rule.Partner = arguments => arguments.Record.Id == second ? account : null;

        var job = await RunAsync(crm, kind);

        job.Counters.Failed.Should().Be(1);
        await ShouldFailAsync(crm, second, account);
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(account);
        crm.Accounts.Count.Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public async Task The_second_of_two_records_whose_rule_names_one_partner_fails_with_the_reason(SyncJobKind kind)
    {
        var rule = new TestRule();
        using var crm = NewFixture(rule);
        var customers = new[] { crm.Insert(SyncSide.Local, "Adatum"), crm.Insert(SyncSide.Local, "Fabrikam") };
        var account = crm.Insert(SyncSide.Integration, "Contoso");
        rule.Partner = arguments => arguments.Side == SyncSide.Local ? account : null;

        var job = await RunAsync(crm, kind);

        (job.Counters.Coupled, job.Counters.Failed).Should().Be((1, 1));
        var coupled = (await crm.CouplingsAsync()).Should().ContainSingle().Subject;
        coupled.IntegrationId.Should().Be(account);
        await ShouldFailAsync(crm, customers.Single(id => id != coupled.LocalId), account);
        crm.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task The_second_one_fails_as_well_if_it_comes_on_another_page_and_in_a_preview()
    {
        var rule = new TestRule();
        using var crm = NewFixture(rule);
        _ = crm.Insert(SyncSide.Local, "Adatum");
        _ = crm.Insert(SyncSide.Local, "Fabrikam");
        var account = crm.Insert(SyncSide.Integration, "Contoso");
        rule.Partner = arguments => arguments.Side == SyncSide.Local ? account : null;
        var options = new SyncRunOptions { PageSize = 1 };

        var preview = await crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Full, options);
        var job = await crm.FullAsync(options);

        (job.Counters.Coupled, job.Counters.Failed).Should().Be((1, 1));
        preview.Jobs.Should().ContainSingle().Which.Counters.Should().Be(job.Counters);
    }

    [Fact]
    public async Task Creating_partners_for_no_record_is_a_mistake()
    {
        using var crm = NewFixture(new());

        var create = () => crm.Engine.Doubts.CreatePartnersAsync("CUSTOMER", SyncSide.Local, []);

        _ = await create.Should().ThrowAsync<ArgumentException>().WithParameterName("ids");
    }

    private static EngineFixture NewFixture(TestRule rule) => new(new FixtureOptions { Rules = [rule] });

    private static async Task ShouldFailAsync(EngineFixture crm, Guid customer, Guid account)
    {
        var failure = (await crm.FailuresAsync()).Should().ContainSingle().Subject;
        failure.Record.Should().Be(new RecordKey(SyncSide.Local, customer));
        failure.Error.Code.Should().Be(SyncErrorCodes.RuleFailed);
        failure.Error.Message.Should().Contain(account.ToString()).And.Contain("coupled with another");
    }

    private static async Task<SyncJob> RunAsync(EngineFixture crm, SyncJobKind kind) => kind switch
    {
        SyncJobKind.Coupling => await crm.Engine.Couplings.MatchAsync("CUSTOMER"),
        SyncJobKind.Full => await crm.FullAsync(),
        _ => await crm.ModifiedAsync(),
    };
}
