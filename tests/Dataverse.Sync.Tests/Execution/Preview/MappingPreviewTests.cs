using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution;

/// <summary>Before the first write, a preview sums up what each mapping would match, doubt, create, and overwrite.</summary>
public sealed class MappingPreviewTests
{
    [Fact]
    public async Task A_preview_counts_what_each_match_group_finds()
    {
        var rule = new TestRule();
        using var crm = NewFixture(rule: rule);
        _ = Customer(crm, "C1", "One");
        _ = Customer(crm, "C2", "Two");
        _ = Customer(crm, "C3", "Three");
        var chosen = Customer(crm, "C4", "Four");
        _ = Account(crm, "C1", "Else");
        _ = Account(crm, "C2", "Else too");
        _ = Account(crm, "X3", "Three");
        var partner = Account(crm, "X4", "Nobody");
        rule.Partner = arguments => arguments.Record.Id == chosen ? partner : null;

        var preview = await PreviewAsync(crm);

        preview.Matched.Select(match => (match.Source, match.Group?.Fields[0].LocalField, match.Count)).Should().Equal(
            (MatchSource.Rule, null, 1),
            (MatchSource.MatchGroup, "number", 2),
            (MatchSource.MatchGroup, "displayName", 1));
        (preview.CreatedLocally, preview.CreatedInIntegration).Should().Be((0, 0));
    }

    [Fact]
    public async Task A_preview_counts_doubtful_records_by_reason_and_creations_by_side()
    {
        using var crm = NewFixture();
        _ = Customer(crm, "C1", "Twin");
        _ = Account(crm, "X1", "Twin");
        _ = Account(crm, "X2", "Twin");
        _ = Customer(crm, "C2", "Left");
        crm.Accounts.Update(Account(crm, "C2", "Left"), ("inactive", true));
        _ = Customer(crm, "C3", "Only here");
        _ = Customer(crm, "C4", "Only here too");
        _ = Account(crm, "X3", "Only there");

        var preview = await PreviewAsync(crm);

        preview.Doubtful.Select(doubt => (doubt.Code, doubt.Count)).Should().BeEquivalentTo(
            [(SyncErrorCodes.DoubtfulMatch, 3L), (SyncErrorCodes.PartnerOutsideFilter, 1L)]);
        (preview.CreatedLocally, preview.CreatedInIntegration).Should().Be((1, 2));
    }

    [Fact]
    public async Task A_preview_lists_the_values_that_would_lose()
    {
        using var crm = NewFixture(mapping => mapping.IntegrationConstant("websiteurl", FieldValue.Text("https://contoso")));
        var customer = crm.Customers.Insert(("number", "C1"), ("displayName", "Ours"), ("postalCode", "1000")).Id;
        var account = crm.Accounts.Insert(
            ("accountnumber", "C1"), ("name", "Theirs"), ("postalcode", null), ("balance", 7m), ("websiteurl", "https://old")).Id;

        var preview = await PreviewAsync(crm);
        _ = await crm.FullAsync();

        preview.LosingValues.Select(value => (value.LocalId, value.IntegrationId, value.Side, value.Value.ToString()))
            .Should().BeEquivalentTo(
            [
                (customer, account, SyncSide.Integration, "Theirs"),
                (customer, account, SyncSide.Integration, "https://old"),
            ]);
        var kept = await crm.ConflictsAsync(includeResolved: true);
        kept.SelectMany(conflict => conflict.Fields).Select(field => $"{field.Integration}").Should().Equal("Theirs");
    }

    [Fact]
    public async Task Records_outside_the_filter_are_counted_where_the_run_sees_them()
    {
        using var crm = NewFixture();
        _ = Customer(crm, "C2", "Inside");
        crm.Customers.Update(Customer(crm, "C1", "Blocked"), ("blocked", true));
        crm.Accounts.Update(Account(crm, "X1", "Inactive"), ("inactive", true));
        crm.Accounts.Update(Account(crm, "X2", "Inactive too"), ("inactive", true));

        var preview = await PreviewAsync(crm);
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.WhenOutsideFilter(OutsideFilterPolicy.Uncouple));
        var reading = await PreviewAsync(crm);

        (preview.LocalOutsideFilter, preview.IntegrationOutsideFilter).Should().Be((null, 2));
        (reading.LocalOutsideFilter, reading.IntegrationOutsideFilter).Should().Be((1, 2));
    }

    [Fact]
    public async Task A_mapping_without_filters_has_no_record_outside()
    {
        using var crm = new EngineFixture();
        _ = Customer(crm, "C1", "Adatum");

        var preview = await PreviewAsync(crm);

        (preview.LocalOutsideFilter, preview.IntegrationOutsideFilter).Should().Be((0, 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_read_for_it_that_the_run_would_not_read(bool isSecond)
    {
        using var crm = NewFixture();
        for (var number = 0; number < 30; number++)
        {
            _ = Customer(crm, $"C{number}", $"Customer {number}");
            _ = Account(crm, $"C{number + 10}", $"Customer {number % 7}");
        }

        if (isSecond)
        {
            _ = await crm.FullAsync();
            crm.Later();
        }

        crm.ResetCounters();
        _ = await crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Full);
        var preview = Reads(crm);
        crm.ResetCounters();
        _ = await crm.FullAsync();

        Reads(crm).Should().Equal(preview);
    }

    [Fact]
    public async Task The_report_prints_counts_and_fields_but_no_values()
    {
        using var crm = NewFixture();
        _ = Customer(crm, "C1", "Ours");
        _ = Account(crm, "C1", "Theirs");
        _ = Customer(crm, "C2", "Secret");

        var report = (await crm.Engine.PreviewAsync(SyncJobKind.Full)).ToReport();

        report.Should().Contain("CUSTOMER").And.Contain("SALESPERSON")
            .And.Contain("by number = accountnumber: 1")
            .And.Contain("to be created on the integration side: 1")
            .And.Contain("values that would lose: 1")
            .And.Contain("local records outside the filter: not known")
            .And.NotContain("Secret").And.NotContain("Theirs");
    }

    [Fact]
    public async Task The_report_says_what_would_stop_the_run()
    {
        using var crm = NewFixture(mapping => mapping.WhenOutsideFilter(OutsideFilterPolicy.Uncouple));
        for (var number = 0; number < 12; number++)
        {
            _ = Customer(crm, $"C{number}", $"Customer {number}");
        }

        await crm.ConvergeAsync();
        crm.Customers.Records.ToList().ForEach(customer => crm.Customers.Update(customer.Id, ("blocked", true)));

        var report = (await crm.Engine.PreviewAsync(SyncJobKind.Modified)).ToReport();

        report.Should().Contain("would not run to its end: 12 records are outside their filter");
    }

    [Fact]
    public async Task A_preview_of_all_mappings_sums_up_each_and_leaves_out_those_that_do_not_run()
    {
        using var crm = NewFixture();
        crm.Integration.Faults.BeforeCall = (call, _) => call.Table == "account" && call.Operation == InMemoryOperation.ReadChanges
            ? throw new ConnectorException("Dataverse", ConnectorFailure.Unreachable, "gone")
            : ValueTask.CompletedTask;
        _ = Customer(crm, "C1", "Ours");

        var run = () => crm.Engine.PreviewAsync(SyncJobKind.Full);

        var preview = (await run.Should().ThrowAsync<SyncRunException>()).Which.Preview!;
        preview.Mappings.Select(mapping => mapping.Mapping).Should().Contain("SALESPERSON");
    }

    private static EngineFixture NewFixture(
        Action<IntegrationTableMappingBuilder>? change = null, ISyncRule? rule = null) => new(new FixtureOptions
        {
            Rules = rule is null ? [] : [rule],
            Customer = mapping =>
            {
                _ = mapping.MatchOnNothing().MatchOn("number", "accountnumber").MatchOn("displayName", "name", priority: 1)
                    .LocalFilter(RecordFilter.NotEqual("blocked", FieldValue.Boolean(true)))
                    .IntegrationFilter(RecordFilter.NotEqual("inactive", FieldValue.Boolean(true)));
                change?.Invoke(mapping);
            },
        });

    private static async Task<MappingPreview> PreviewAsync(EngineFixture crm) =>
        (await crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Full)).Mappings.Should().ContainSingle().Subject;

    private static List<(string System, InMemoryOperation Operation, long Calls)> Reads(EngineFixture crm) =>
    [
        .. from system in new[] { crm.Local, crm.Integration }
           from operation in Enum.GetValues<InMemoryOperation>()
           where operation is not (InMemoryOperation.Write or InMemoryOperation.GetSchema)
           select (system.Name, operation, (long)system.Calls[operation]),
    ];

    private static Guid Customer(EngineFixture crm, string number, string name) =>
        crm.Customers.Insert(("number", number), ("displayName", name)).Id;

    private static Guid Account(EngineFixture crm, string number, string name) =>
        crm.Accounts.Insert(("accountnumber", number), ("name", name)).Id;
}
