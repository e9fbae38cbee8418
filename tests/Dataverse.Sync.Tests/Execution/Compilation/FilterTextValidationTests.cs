using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Compilation;

/// <summary>The values of a filter text get their types from the schema, and validation names what does not fit.</summary>
public sealed class FilterTextValidationTests
{
    public static TheoryData<string, string> WrongTexts() => new()
    {
        { "creditLimit=1..abc", "the local filter compares field 'creditLimit' with 'abc' at position 16 of the filter text, which is not a number" },
        { "creditLimit='1,5'", "with '1,5' at position 13" },
        { "blocked=Maybe", "'blocked' with 'Maybe' at position 9 of the filter text, which is not Yes, No, true, or false" },
        { "category=FILTER(Preferred|Gold)", "'category' with 'Gold' at position 27 of the filter text, which is not an option. The options are Preferred ('Preferred'), Standard ('Standard')" },
        { "creditLimit=1*", "'creditLimit' of type Decimal with a pattern at position 13" },
        { "creditLimit=*1", "'creditLimit' of type Decimal with a pattern at position 13" },
        { "category=G*", "'category' with the pattern 'G*' at position 10 of the filter text, which no option matches. Its options are" },
        { "number=123456789012345678901", "at most 20 characters, with a longer text at position 8" },
        { "shoeSize=5", "names field 'shoeSize', which the local table 'customers' does not have" },
        { "VERSION(1) SORTING(Field1) WHERE(Field39=1(0))", "names 'Field39' by a number of Business Central" },
    };

    [Theory]
    [MemberData(nameof(WrongTexts))]
    public async Task Value_that_does_not_fit_its_field_is_a_problem_with_its_position(string text, string expected)
    {
        using var crm = new EngineFixture(mapping => mapping.WhereLocal(text));

        var validate = () => crm.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Message.Should().Contain(expected);
    }

    [Theory]
    [InlineData("Category=FILTER(preferred)", "1000")]
    [InlineData("category=<>Standard", "1000 3000")]
    [InlineData("CREDITLIMIT=..50|>500", "2000 3000")]
    [InlineData("displayName=@*cafe*", "1000")]
    [InlineData("blocked=No,displayName=<>B*", "1000")]
    [InlineData("ANY(displayName=B*,creditLimit=>500)", "2000 3000")]
    [InlineData("WHERE()", "1000 2000 3000")]
    public async Task Filter_text_selects_the_records_of_a_run(string text, string expected)
    {
        using var crm = new EngineFixture(mapping => mapping.WhereLocal(text));
        _ = crm.Customers.Insert(("number", "1000"), ("displayName", "Café"), ("creditLimit", 100m), ("category", "Preferred"), ("blocked", false));
        _ = crm.Customers.Insert(("number", "2000"), ("displayName", "Bike"), ("creditLimit", 50m), ("category", "Standard"), ("blocked", false));
        _ = crm.Customers.Insert(("number", "3000"), ("displayName", "Car"), ("creditLimit", 501m), ("blocked", true));

        await crm.ConvergeAsync();

        string.Join(' ', crm.Accounts.Records.Select(record => record["accountnumber"].AsText()).Order()).Should().Be(expected);
    }

    [Theory]
    [InlineData("category=1", "Adatum")]
    [InlineData("category=PREFERRED", "Adatum")]
    [InlineData("category=Standard..", "Bike")]
    [InlineData("category=<2", "Adatum")]
    [InlineData("category=pre*", "Adatum")]
    [InlineData("category=@*a?d|*", "Adatum Bike Car")]
    [InlineData("category=''", "Car")]
    [InlineData("secondid={5f0c2f6d-9a51-4a77-8a3c-0d3f6e7b1c11}", "Bike")]
    [InlineData("secondid={5f0c2f6d-9a51-4a77-8a3c-0d3f6e7b1c11}|{00000000-0000-0000-0000-000000000000}", "Adatum Bike Car")]
    [InlineData("SecondId=TABLE(systemuser)", "Bike")]
    public async Task Options_are_named_by_label_or_number_and_references_by_id(string text, string expected)
    {
        using var crm = new EngineFixture(mapping => mapping.WhereIntegration(text).Direction(SyncDirection.FromIntegrationTable));
        var user = new Guid("5f0c2f6d-9a51-4a77-8a3c-0d3f6e7b1c11");
        _ = crm.Accounts.Insert(("name", "Adatum"), ("category", 1L));
        _ = crm.Accounts.Insert(("name", "Bike"), ("category", 2L), ("secondid", FieldValue.Reference(user, "systemuser")));
        _ = crm.Accounts.Insert(("name", "Car"));

        await crm.ConvergeAsync();
        string.Join(' ', crm.Customers.Records.Select(record => record["displayName"].AsText()).Order()).Should().Be(expected);
    }
}
