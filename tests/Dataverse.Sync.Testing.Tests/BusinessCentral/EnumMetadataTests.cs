using System.Xml.Linq;
using static Dataverse.Sync.Testing.Tests.BusinessCentral.Csdl;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>The enums in the metadata document.</summary>
public sealed class EnumMetadataTests
{
    [Theory]
    [InlineData("customer", "type", "contactType")]
    [InlineData("contact", "type", "contactType")]
    [InlineData("contactInformation", "contactType", "contactType")]
    [InlineData("customer", "blocked", "customerBlocked")]
    [InlineData("vendor", "blocked", "vendorBlocked")]
    [InlineData("contact", "contactBusinessRelation", "contactBusinessRelation")]
    [InlineData("contactInformation", "relatedType", "contactBusinessRelationLinkToTable")]
    [InlineData("defaultDimension", "parentType", "defaultDimensionParentType")]
    [InlineData("defaultDimension", "postingValidation", "defaultDimensionValuePostingType")]
    [InlineData("picture", "parentType", "pictureEntityParentType")]
    public async Task Enum_has_the_name_of_the_al_enum_whatever_the_page(string entity, string property, string type)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var schema = await SchemaAsync(bc);

        Property(schema, entity, property).Attribute("Type")!.Value.Should().Be($"Microsoft.NAV.{type}");
        Named(schema, "EnumType", type).Should().NotBeNull();
    }

    [Fact]
    public async Task Members_have_the_ordinal_values_of_the_al_enum()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var schema = await SchemaAsync(bc);

        Members(schema, "contactBusinessRelation").Should().Equal(
            "_x0020_=0", "Customer=1", "Vendor=2", "Bank_x0020_Account=3", "Employee=4", "None=100", "Other=101",
            "Multiple=102");
        Members(schema, "contactBusinessRelationLinkToTable").Should()
            .Equal("_x0020_=0", "Customer=1", "Vendor=2", "Bank_x0020_Account=3", "Employee=4");
        Members(schema, "customerBlocked").Should().Equal("_x0020_=0", "Ship=1", "Invoice=2", "All=3");
        Members(schema, "vendorBlocked").Should().Equal("_x0020_=0", "Payment=1", "All=2");
        Members(schema, "contactType").Should().Equal("Company=0", "Person=1");
        Members(schema, "pictureEntityParentType").Should()
            .Equal("Customer=1", "Item=2", "Vendor=3", "Employee=4", "Contact=5");
    }

    [Fact]
    public async Task Pages_of_a_custom_api_share_an_enum_that_they_name()
    {
        var first = CustomTables.Notes with { EntitySetName = "memos", EntityName = "memo", Fields = Renamed("noteKind") };
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { Tables = [CustomTables.Notes with { Fields = Renamed("noteKind") }, first] });

        var text = (await bc.SendRawAsync("GET", $"{bc.Emulator.RouteAddress(CustomTables.Route)}$metadata", null)).Text;

        var schema = XDocument.Parse(text).Descendants(Edm + "Schema").Single();
        schema.Elements(Edm + "EnumType").Should().ContainSingle().Which.Attribute("Name")!.Value.Should().Be("noteKind");
        Property(schema, "memo", "kind").Attribute("Type")!.Value.Should().Be("Microsoft.NAV.noteKind");
    }

    [Fact]
    public async Task One_enum_with_different_members_is_refused()
    {
        var other = CustomTables.Notes with
        {
            EntitySetName = "memos",
            Fields = [.. Renamed("noteKind").Select(
                field => field.EnumName is null ? field : field with { Members = ["Other"] })],
        };

        var start = () => BusinessCentralFixture.StartAsync(
            new() { Tables = [CustomTables.Notes with { Fields = Renamed("noteKind") }, other with { EntityName = "memo" }] });

        await start.Should().ThrowAsync<ArgumentException>().WithMessage("*'noteKind'*");
    }

    private static IReadOnlyList<BusinessCentralField> Renamed(string name) =>
        [.. CustomTables.Notes.Fields.Select(field => field.Name == "kind" ? field with { EnumName = name } : field)];

    private static IEnumerable<string> Members(XElement schema, string type) =>
        Named(schema, "EnumType", type).Elements()
            .Select(member => $"{member.Attribute("Name")!.Value}={member.Attribute("Value")!.Value}");
}
