using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Templates;

/// <summary>Initial values of new rows.</summary>
public sealed class TemplateTests
{
    private static readonly RecordTemplate Everybody = new()
    {
        Name = "ALL",
        Target = SyncSide.Integration,
        Priority = 10,
        Values = new Dictionary<string, FieldValue> { ["balance"] = FieldValue.Decimal(1m), ["category"] = FieldValue.Text("Standard") },
    };

    private static readonly RecordTemplate Foreign = Everybody with
    {
        Name = "FOREIGN",
        Priority = 5,
        SourceFilter = RecordFilter.Compare("postalCode", ComparisonOperator.StartsWith, FieldValue.Text("9")),
        Values = new Dictionary<string, FieldValue> { ["balance"] = FieldValue.Decimal(2m) },
    };

    [Fact]
    [Trait("parity", "BC-1.1-22")]
    public async Task A_new_row_gets_the_values_of_the_first_template_by_priority_whose_filter_its_source_passes()
    {
        using var crm = new EngineFixture(mapping => WithoutBalance(mapping).Template(Everybody).Template(Foreign));
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("postalCode", "1000"));
        _ = crm.Customers.Insert(("displayName", "Contoso"), ("postalCode", "9000"));

        _ = await crm.FullAsync();

        AccountNamed(crm, "Adatum")["balance"].AsDecimal().Should().Be(1m);
        AccountNamed(crm, "Adatum")["category"].Should().Be(FieldValue.Integer(2));
        AccountNamed(crm, "Contoso")["balance"].AsDecimal().Should().Be(2m);
        AccountNamed(crm, "Contoso")["category"].IsBlank.Should().BeTrue("only one template applies");
    }

    [Fact]
    public async Task Of_two_templates_with_one_priority_the_first_in_the_mapping_applies()
    {
        var second = Everybody with { Name = "SECOND", Values = new Dictionary<string, FieldValue> { ["balance"] = FieldValue.Decimal(3m) } };
        using var crm = new EngineFixture(mapping => WithoutBalance(mapping).Template(Everybody).Template(second));
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        _ = await crm.FullAsync();

        AccountNamed(crm, "Adatum")["balance"].AsDecimal().Should().Be(1m);
    }

    [Fact]
    public async Task A_value_of_the_source_and_a_constant_win_over_a_template_and_a_blank_does_not()
    {
        using var crm = new EngineFixture(mapping => mapping
            .Field("balance", "balance", field => field.Disabled())
            .IntegrationConstant("balance", FieldValue.Decimal(7m))
            .Template(Everybody));
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("category", "Preferred"));
        _ = crm.Customers.Insert(("displayName", "Contoso"));

        _ = await crm.FullAsync();

        AccountNamed(crm, "Adatum")["category"].Should().Be(FieldValue.Integer(1));
        AccountNamed(crm, "Contoso")["category"].Should().Be(FieldValue.Integer(2));
        crm.Accounts.Records.Should().OnlyContain(account => account["balance"].AsDecimal() == 7m);
    }

    [Theory]
    [InlineData(SyncSide.Integration)]
    [InlineData(SyncSide.Local)]
    [Trait("parity", "BC-1.1-22")]
    public async Task A_template_leaves_existing_rows_alone_and_a_second_run_writes_nothing(SyncSide target)
    {
        var (field, sourceField) = target == SyncSide.Integration ? ("websiteurl", "website") : ("website", "websiteurl");
        using var crm = new EngineFixture(mapping => mapping.Template(new()
        {
            Name = "SITE",
            Target = target,
            Values = new Dictionary<string, FieldValue> { [field] = FieldValue.Text("example.com") },
        }));
        var source = target == SyncSide.Integration ? crm.Customers : crm.Accounts;
        var partners = target == SyncSide.Integration ? crm.Accounts : crm.Customers;
        var record = source.Insert((target == SyncSide.Integration ? "displayName" : "name", "Adatum")).Id;
        await crm.ConvergeAsync();
        var created = partners.Records.Should().ContainSingle().Subject;

        var idle = await crm.FullAsync();
        var writes = crm.Writes;
        partners.Update(created.Id, (field, null));
        _ = await crm.ModifiedAsync();

        created[field].AsText().Should().Be("example.com");
        idle.Counters.Modified.Should().Be(0);
        writes.Should().Be(0);
        partners.Find(created.Id)![field].IsBlank.Should().BeTrue();
        source.Find(record)![sourceField].IsBlank.Should().BeTrue();
    }

    [Fact]
    public async Task A_preview_shows_the_values_of_a_template()
    {
        using var crm = new EngineFixture(mapping => WithoutBalance(mapping).Template(Everybody));
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        var preview = await crm.Engine.PreviewAsync("CUSTOMER", SyncJobKind.Full);

        preview.Operations.Should().ContainSingle(operation => operation.Kind == WriteKind.Insert)
            .Which.Fields.Should().Contain(new FieldWrite("balance", FieldValue.Decimal(1m)));
    }

    [Fact]
    public async Task A_removed_template_and_a_template_that_was_replaced_no_longer_apply()
    {
        using var crm = new EngineFixture(mapping => WithoutBalance(mapping)
            .Template(Everybody)
            .Template(Foreign)
            .Template(Everybody with { Name = "all", Values = new Dictionary<string, FieldValue> { ["balance"] = FieldValue.Decimal(4m) } })
            .RemoveTemplate("foreign"));
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("postalCode", "9000"));

        _ = await crm.FullAsync();

        AccountNamed(crm, "Adatum")["balance"].AsDecimal().Should().Be(4m);
    }

    [Fact]
    public async Task Every_problem_of_a_template_is_named_before_anything_runs()
    {
        using var crm = new EngineFixture(mapping => mapping.Template(Everybody with
        {
            SourceFilter = RecordFilter.IsBlank("nowhere").And(RecordFilter.Equal("category", FieldValue.Text("Unknown"))),
            Values = new Dictionary<string, FieldValue> { ["missing"] = FieldValue.Decimal(1m), ["category"] = FieldValue.Text("None"), ["balance"] = FieldValue.Text("much") },
        }));

        foreach (var attempt in new Func<Task>[] { () => crm.Engine.ValidateAsync(), () => crm.FullAsync() })
        {
            (await attempt.Should().ThrowAsync<SyncConfigurationException>())
                .Which.Message.Should().ContainAll("'nowhere'", "'missing'", "'category'", "'balance'", "template 'ALL'");
        }

        crm.Writes.Should().Be(0);
    }

    [Theory]
    [InlineData("POSTALCODE=9*|8000")]
    [InlineData("WHERE(postalCode=FILTER('9*'|8000))")]
    public async Task The_filter_of_a_template_may_be_a_text_with_names_in_any_letter_case(string filter)
    {
        using var crm = new EngineFixture(mapping => WithoutBalance(mapping)
            .Template(Everybody)
            .Template(Foreign with { SourceFilter = RecordFilter.Parse(filter) }));
        _ = crm.Customers.Insert(("displayName", "Adatum"), ("postalCode", "8000"));
        _ = crm.Customers.Insert(("displayName", "Contoso"), ("postalCode", "7000"));

        _ = await crm.FullAsync();

        AccountNamed(crm, "Adatum")["balance"].AsDecimal().Should().Be(2m);
        AccountNamed(crm, "Contoso")["balance"].AsDecimal().Should().Be(1m);
    }

    [Fact]
    public async Task A_template_sets_a_reference_for_records_that_name_nobody()
    {
        var owner = FieldValue.Reference(Guid.NewGuid(), "systemuser");
        using var crm = new EngineFixture(mapping => mapping.Template(Everybody with
        {
            Values = new Dictionary<string, FieldValue> { ["secondid"] = owner },
        }));
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        _ = await crm.FullAsync();

        AccountNamed(crm, "Adatum")["secondid"].Should().Be(owner);
    }

    [Fact]
    public async Task A_template_for_a_side_that_the_mapping_does_not_write_or_with_a_value_that_is_too_long_is_refused()
    {
        using var crm = new EngineFixture(mapping => mapping
            .Template(Everybody with { Values = new Dictionary<string, FieldValue> { ["name"] = FieldValue.Text(new('x', 21)) } })
            .Template(new() { Name = "HERE", Target = SyncSide.Local })
            .Direction(SyncDirection.ToIntegrationTable));

        var validate = () => crm.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>())
            .Which.Message.Should().ContainAll("template 'ALL'", "'name'", "template 'HERE'", "ToIntegrationTable");
    }

    [Fact]
    public void Templates_without_a_name_and_two_of_one_name_are_refused_at_once()
    {
        var mapping = CrmTables.Customer() with { Templates = [Everybody, Everybody with { Name = "all" }, Everybody with { Name = " " }] };
        using var crm = new EngineFixture();

        var set = () => crm.Engine.Mappings.Set(mapping);

        set.Should().Throw<SyncConfigurationException>().WithMessage("*2 templates*'ALL'*").WithMessage("*name of a template*");
    }

    // The local side stores a zero for a blank, and what a field mapping writes wins over a template.
    private static IntegrationTableMappingBuilder WithoutBalance(IntegrationTableMappingBuilder mapping) =>
        mapping.Field("balance", "balance", field => field.Disabled());

    private static TableRecord AccountNamed(EngineFixture crm, string name) =>
        crm.Accounts.Records.Should().ContainSingle(account => account["name"].AsText() == name).Subject;
}
