using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Compilation;

/// <summary>Filters and constants that cannot be meant are refused before the first run.</summary>
public sealed class FilterAndConstantTests
{
    public static TheoryData<RecordFilter, string> WrongFilters() => new()
    {
        { RecordFilter.Equal("category", FieldValue.Text("Gold")), "'category' with an unknown option" },
        { RecordFilter.NotEqual("displayName", FieldValue.Integer(5)), "'displayName' of type Text" },
        { RecordFilter.Equal("blocked", FieldValue.Text("true")), "'blocked' of type Boolean" },
        { RecordFilter.Equal("number", FieldValue.Text(new string('9', 21))), "holds at most 20 characters" },
        { RecordFilter.RefersTo("displayName", "account"), "no reference" },
        { RecordFilter.Any(RecordFilter.All(), RecordFilter.Equal("creditLimit", FieldValue.Text("1")).Not()), "'creditLimit' of type Decimal" },
    };

    [Theory]
    [MemberData(nameof(WrongFilters))]
    public async Task Filter_that_no_value_can_meet_is_refused(RecordFilter filter, string expected) =>
        (await ProblemsAsync(mapping => mapping.LocalFilter(filter))).Should().Contain(expected);

    public static TheoryData<string, FieldValue, string> WrongConstants() => new()
    {
        { "name", FieldValue.Integer(5), "kind Integer" },
        { "postalcode", FieldValue.Text("123456789012345678901"), "at most 20" },
        { "category", FieldValue.Text("Gold"), "'Preferred', 'Standard'" },
        { "inactive", FieldValue.Text("no"), "kind Text" },
        { "ownerid", FieldValue.Reference(Guid.NewGuid(), "account"), "'account'" },
    };

    [Theory]
    [MemberData(nameof(WrongConstants))]
    public async Task Constant_that_does_not_fit_its_column_is_refused(string column, FieldValue value, string expected) =>
        (await ProblemsAsync(mapping => mapping.IntegrationConstant(column, value, field => field.OnInsertOnly())))
            .Should().Contain(expected);

    [Fact]
    public async Task Filters_and_constants_that_fit_are_accepted_and_a_label_stands_for_its_option()
    {
        using var crm = new EngineFixture(mapping => mapping
            .LocalFilter(RecordFilter.Equal("category", FieldValue.Text("preferred")).Or(RecordFilter.IsBlank("category")))
            .Field("category", "category", field => field.Disabled())
            .IntegrationConstant("category", FieldValue.Text("standard")));
        _ = crm.Customers.Insert(("displayName", "Adatum"));

        await crm.ConvergeAsync();

        crm.Accounts.Records.Should().ContainSingle().Which["category"].AsInteger().Should().Be(2);
    }

    public static TheoryData<LookupLink, string> WrongLinks() => new()
    {
        { Link("displayName") with { Filter = RecordFilter.Equal("displayName", FieldValue.Integer(5)) }, "'displayName' of type Text" },
        { Link("displayName") with { Filter = RecordFilter.Equal("code", FieldValue.Text(new string('9', 21))) }, "at most 20 characters" },
        { Link("displayName") with { Filter = RecordFilter.Equal("unknown", FieldValue.Integer(5)) }, "'unknown'" },
        { Link("displayName") with { Filter = RecordFilter.Parse("Code=FILTER(123456789012345678901)") }, "a longer text at position 13" },
        { Link("displayName") with { Filter = RecordFilter.Parse("\"No.\"=1") }, "by field 'No.', which does not exist" },
        { Link("displayName"), "contains no id of a record" },
    };

    [Theory]
    [MemberData(nameof(WrongLinks))]
    public async Task Link_of_a_lookup_that_leads_nowhere_is_refused(LookupLink link, string expected) =>
        (await ProblemsAsync(mapping => mapping.Lookup("salespersonCode", "ownerid", new LookupMapping { Via = ["SALESPERSON"], Link = link })))
            .Should().Contain("salespersonCode>ownerid").And.Contain(expected);

    private static LookupLink Link(string target) => new("salespeople", "code", target);

    private static async Task<string> ProblemsAsync(Action<IntegrationTableMappingBuilder> change)
    {
        using var crm = new EngineFixture(change);
        var validate = () => crm.Engine.ValidateAsync();
        return (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Message;
    }
}
