namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>Lengths that the metadata tells wrongly or not at all, because the page has a variable in place of the column.</summary>
public sealed class LengthTests
{
    [Theory]
    [InlineData("customers", "taxRegistrationNumber", 20)]
    [InlineData("customers", "currencyCode", 10)]
    [InlineData("vendors", "taxRegistrationNumber", 20)]
    [InlineData("vendors", "currencyCode", 10)]
    [InlineData("vendors", "irs1099Code", 10)]
    [InlineData("contacts", "taxRegistrationNumber", 20)]
    [InlineData("companyInformation", "taxRegistrationNumber", 20)]
    public async Task Schema_tells_the_length_of_the_column(string table, string field, int length)
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        var schema = (await fixture.Connector.GetSchemaAsync(table, default))!;

        schema.Find(field)!.MaxLength.Should().Be(length);
    }
}
