using System.Xml;
using System.Xml.Linq;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class MetadataTests
{
    [Fact]
    public async Task Metadata_is_a_valid_model_with_keys_lengths_and_navigation()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendRawAsync("GET", "$metadata", null);

        answer.ContentHeaders.ContentType!.MediaType.Should().Be("application/xml");
        var model = Parse(answer.Text);
        model.Validate(out var errors).Should().BeTrue(string.Join(';', errors));
        var customer = (IEdmEntityType)model.FindType("Microsoft.NAV.customer");
        customer.Key().Select(key => key.Name).Should().Equal("id");
        customer.FindProperty("displayName").Type.AsString().MaxLength.Should().Be(100);
        customer.FindProperty("creditLimit").Type.IsDecimal().Should().BeTrue();
        customer.FindProperty("lastModifiedDateTime").Type.IsDateTimeOffset().Should().BeTrue();
        customer.FindProperty("id").Type.IsNullable.Should().BeFalse();
        customer.NavigationProperties().Select(navigation => navigation.Name).Should()
            .Equal("currency", "paymentTerm", "shipmentMethod", "paymentMethod", "contactsInformation");
        ((IEdmEnumType)model.FindType("Microsoft.NAV.customerBlocked")).Members.Select(member => member.Name).Should()
            .Equal("_x0020_", "Ship", "Invoice", "All");
    }

    [Fact]
    public async Task Every_set_of_the_service_document_is_in_the_container_and_under_the_company()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var model = Parse((await bc.SendRawAsync("GET", "$metadata", null)).Text);
        var sets = (await bc.SendRawAsync("GET", "", null)).Column("name").ToArray();

        model.EntityContainer.EntitySets().Select(set => set.Name).Should().Contain(sets);
        ((IEdmEntityType)model.FindType("Microsoft.NAV.company")).NavigationProperties()
            .Where(navigation => navigation.ContainsTarget)
            .Select(navigation => navigation.Name).Should().Equal(sets.Where(set => set != "companies"));
    }

    [Fact]
    public async Task Custom_route_describes_its_own_sets()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { Tables = [CustomTables.Notes] });

        var model = Parse(
            (await bc.SendRawAsync("GET", $"{bc.Emulator.RouteAddress(CustomTables.Route)}$metadata", null)).Text);

        model.EntityContainer.EntitySets().Select(set => set.Name).Should().Equal("companies", "notes");
    }

    private static IEdmModel Parse(string text)
    {
        using var reader = XDocument.Parse(text).CreateReader();
        CsdlReader.TryParse(reader, out var model, out var errors).Should().BeTrue(string.Join(';', errors));
        return model;
    }
}
