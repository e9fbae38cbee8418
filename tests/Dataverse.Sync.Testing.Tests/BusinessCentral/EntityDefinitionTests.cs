using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class EntityDefinitionTests
{
    [Fact]
    public async Task Page_has_captions_of_its_entity_set_and_properties()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var customer = (await bc.SendRawAsync(
            "GET", "entityDefinitions?$filter=entitySetName eq 'customers'", null)).Rows.Single();

        customer.Select(property => property.Key).Should().Equal(
            "entityName", "entitySetName", "entityCaptions", "entitySetCaptions", "properties", "actions",
            "enumMembers");
        customer["entityName"]!.ToString().Should().Be("customer");
        Caption(customer["entityCaptions"]).Should().Be("1033 Customer");
        Caption(customer["entitySetCaptions"]).Should().Be("1033 Customers");
        customer["actions"]!.AsArray().Should().BeEmpty();
        customer["enumMembers"]!.AsArray().Should().BeEmpty();
        Properties(customer).Should().StartWith(
            ["id 1033 Id", "number 1033 No.", "displayName 1033 Display Name", "type 1033 Type", "addressLine1 1033 Address Line 1"]);
    }

    [Theory]
    [InlineData("currency", "displayName 1033 Description")]
    [InlineData("salespersonPurchaser", "displayName 1033 Name")]
    [InlineData("vendor", "irs1099Code 1033 IRS1099 Code")]
    [InlineData("contact", "contactBusinessRelation 1033 Business Relation")]
    [InlineData("contact", "lastInteractionDate 1033 Date of Last Interaction")]
    [InlineData("paymentTerm", "calculateDiscountOnCreditMemos 1033 Calc. Pmt. Disc. On Credit Memos")]
    public async Task Captions_are_those_of_the_page(string entity, string property)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var definition = await bc.SendRawAsync("GET", $"entityDefinitions('{entity}')", null);

        definition.Json["@odata.context"]!.ToString().Should().EndWith("/$metadata#entityDefinitions/$entity");
        Properties(definition.Json).Should().Contain(property);
    }

    [Fact]
    public async Task Enum_has_a_definition_with_its_members()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var definition = (await bc.SendRawAsync("GET", "entityDefinitions('contactBusinessRelation')", null)).Json;

        definition["entitySetName"].Should().BeNull();
        definition["enumMembers"]!.AsArray().Select(member => $"{member!["name"]} {member["value"]} {Caption(member["captions"])}")
            .Should().Equal(
                "_x0020_ 0 1033  ", "Customer 1 1033 Customer", "Vendor 2 1033 Vendor",
                "Bank_x0020_Account 3 1033 Bank Account", "Employee 4 1033 Employee", "None 100 1033 None",
                "Other 101 1033 Other", "Multiple 102 1033 Multiple");
    }

    [Fact]
    public async Task Custom_route_has_the_definitions_of_its_own_pages()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { Tables = [CustomTables.Notes] });

        var answer = await bc.SendRawAsync(
            "GET", $"{bc.Emulator.RouteAddress(CustomTables.Route)}entityDefinitions", null);

        answer.Column("entityName").Should().Equal("note", "noteKind");
    }

    [Fact]
    public async Task Definitions_are_only_read()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.SendRawAsync("POST", "entityDefinitions", "{}")).ShouldBeRefused(405, "BadRequest_MethodNotAllowed");
        (await bc.SendRawAsync("GET", "entityDefinitions('nonsense')", null)).ShouldBeRefused(
            404, "BadRequest_ResourceNotFound");
        (await bc.SendRawAsync("GET", "entityDefinitions?$filter=nonsense eq 'x'", null)).ShouldBeRefused(
            400, "BadRequest");
    }

    private static IEnumerable<string> Properties(JsonObject definition) => definition["properties"]!.AsArray()
        .Select(property => $"{property!["name"]} {Caption(property["captions"])}");

    private static string Caption(JsonNode? captions)
    {
        var caption = captions!.AsArray().Single()!;
        return $"{caption["languageCode"]} {caption["caption"]}";
    }
}
