using System.Xml;
using System.Xml.Linq;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;
using static Dataverse.Sync.Testing.Tests.BusinessCentral.Csdl;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class MetadataTests
{
    // The service's own document has them, because it calls every navigation property contained.
    private static readonly EdmErrorCode[] ErrorsOfTheService =
    [
        EdmErrorCode.NavigationPropertyWithNonRecursiveContainmentSourceMustBeFromOne,
        EdmErrorCode.NavigationPropertyWithRecursiveContainmentSourceMustBeFromZeroOrOne,
        EdmErrorCode.InvalidMultiplicityOfPrincipalEnd,
        EdmErrorCode.InvalidMultiplicityOfDependentEnd,
    ];

    [Fact]
    public async Task Metadata_is_a_valid_model_with_keys_lengths_and_navigation()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var answer = await bc.SendRawAsync("GET", "$metadata", null);

        answer.ContentHeaders.ContentType!.MediaType.Should().Be("application/xml");
        var model = Parse(answer.Text);
        _ = model.Validate(out var errors);
        errors.Select(error => error.ErrorCode).Should().BeSubsetOf(ErrorsOfTheService);
        var customer = (IEdmEntityType)model.FindType("Microsoft.NAV.customer");
        customer.Key().Select(key => key.Name).Should().Equal("id");
        customer.FindProperty("displayName").Type.AsString().MaxLength.Should().Be(100);
        customer.FindProperty("creditLimit").Type.IsDecimal().Should().BeTrue();
        customer.FindProperty("lastModifiedDateTime").Type.IsDateTimeOffset().Should().BeTrue();
        customer.FindProperty("id").Type.IsNullable.Should().BeFalse();
        customer.NavigationProperties().Select(navigation => navigation.Name).Should()
            .Equal(
                "currency", "paymentTerm", "shipmentMethod", "paymentMethod", "customerFinancialDetail", "picture",
                "defaultDimensions", "agedAccountsReceivable", "contactsInformation", "documentAttachments");
    }

    [Theory]
    [InlineData("customer", "currencyCode")]
    [InlineData("customer", "taxAreaDisplayName")]
    [InlineData("vendor", "currencyCode")]
    [InlineData("companyInformation", "currencyCode")]
    [InlineData("companyInformation", "experience")]
    [InlineData("company", "systemVersion")]
    [InlineData("paymentTerm", "dueDateCalculation")]
    [InlineData("paymentTerm", "discountDateCalculation")]
    public async Task Variable_without_a_length_and_a_date_formula_have_none(string entity, string property)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var declared = Property(await SchemaAsync(bc), entity, property);

        declared.Attribute("Type")!.Value.Should().Be("Edm.String");
        declared.Attribute("MaxLength").Should().BeNull();
    }

    [Theory]
    [InlineData("customer", "taxRegistrationNumber", "50")]
    [InlineData("vendor", "taxRegistrationNumber", "50")]
    [InlineData("vendor", "irs1099Code", "10")]
    [InlineData("contact", "taxRegistrationNumber", "50")]
    [InlineData("companyInformation", "taxRegistrationNumber", "50")]
    public async Task Variable_of_a_page_has_its_own_length(string entity, string property, string length)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        Property(await SchemaAsync(bc), entity, property).Attribute("MaxLength")!.Value.Should().Be(length);
    }

    [Fact]
    public async Task Every_other_text_has_the_length_of_its_column()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var schema = await SchemaAsync(bc);

        Lengths(schema, "customer").Should().Equal(
            "number=20", "displayName=100", "addressLine1=100", "addressLine2=50", "city=30", "state=30", "country=10",
            "postalCode=20", "phoneNumber=30", "email=80", "website=255", "salespersonCode=20",
            "taxRegistrationNumber=50");
        Lengths(schema, "contact").Should().Equal(
            "number=20", "displayName=100", "jobTitle=30", "companyNumber=20", "companyName=100", "addressLine1=100",
            "addressLine2=50", "city=30", "state=30", "country=10", "postalCode=20", "phoneNumber=30",
            "mobilePhoneNumber=30", "email=80", "website=255", "searchName=100",
            "taxRegistrationNumber=50");
        Lengths(schema, "salespersonPurchaser").Should().Equal(
            "code=20", "displayName=50", "email=80", "email2=80", "phoneNo=30", "jobTitle=30");
        Lengths(schema, "currency").Should().Equal("code=10", "displayName=30", "symbol=10", "amountDecimalPlaces=5");
        Lengths(schema, "paymentTerm").Should().Equal("code=10", "displayName=100");
        Lengths(schema, "currencyExchangeRate").Should().Equal("currencyCode=10", "relationalCurrencyCode=10");
        Lengths(schema, "company").Should().Equal("name=30", "displayName=250", "businessProfileId=250");
    }

    [Fact]
    public async Task Keys_and_columns_that_must_not_be_blank_are_never_null()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var schema = await SchemaAsync(bc);

        Mandatory(schema, "customer").Should().Equal("id", "displayName");
        Mandatory(schema, "vendor").Should().Equal("id");
        Mandatory(schema, "contact").Should().Equal("id", "displayName", "jobTitle");
        Mandatory(schema, "currency").Should().Equal("id", "code", "amountDecimalPlaces");
        Mandatory(schema, "contactInformation").Should().Equal("contactId", "contactNumber", "relatedId", "relatedType");
    }

    [Fact]
    public async Task Navigation_tells_its_partner_and_the_properties_that_agree()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var schema = await SchemaAsync(bc);

        Navigation(schema, "customer", "currency").Should().Be("Microsoft.NAV.currency,,true,currencyId,id");
        Navigation(schema, "customer", "contactsInformation").Should()
            .Be("Collection(Microsoft.NAV.contactInformation),customer,true,id,relatedId");
        Navigation(schema, "contactInformation", "contact").Should()
            .Be("Microsoft.NAV.contact,contactInformation,true,contactId,id");
        Navigation(schema, "contact", "contactInformation").Should()
            .Be("Microsoft.NAV.contactInformation,contact,true,id,contactId");
    }

    [Theory]
    [InlineData("customers", true, true, true)]
    [InlineData("companies", false, false, false)]
    [InlineData("companyInformation", false, true, false)]
    [InlineData("currencyExchangeRates", false, false, false)]
    [InlineData("contactsInformation", false, false, false)]
    [InlineData("subscriptions", true, true, true)]
    [InlineData("pictures", false, true, true)]
    [InlineData("defaultDimensions", true, true, true)]
    [InlineData("dimensions", false, false, false)]
    [InlineData("customerFinancialDetails", false, false, false)]
    public async Task Container_tells_what_clients_may_do_with_a_set(string set, bool insert, bool update, bool delete)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var values = Named(await SchemaAsync(bc), "EntitySet", set).Descendants(Edm + "PropertyValue")
            .ToDictionary(value => value.Attribute("Property")!.Value, value => value.Attribute("Bool")!.Value);

        values["Insertable"].Should().Be(insert ? "true" : "false");
        values["Updatable"].Should().Be(update ? "true" : "false");
        values["Deletable"].Should().Be(delete ? "true" : "false");
    }

    [Fact]
    public async Task Every_set_of_the_service_document_is_in_the_container_and_under_the_company()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        var model = Parse((await bc.SendRawAsync("GET", "$metadata", null)).Text);
        var sets = (await bc.SendRawAsync("GET", "", null)).Column("name").ToArray();

        model.EntityContainer.EntitySets().Select(set => set.Name).Should().Equal(sets);
        ((IEdmEntityType)model.FindType("Microsoft.NAV.company")).NavigationProperties()
            .Where(navigation => navigation.ContainsTarget)
            .Select(navigation => navigation.Name).Should().Equal(
                sets.Except(["companies", "entityDefinitions", "subscriptions"]));
    }

    [Fact]
    public async Task Custom_route_describes_its_own_sets()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { Tables = [CustomTables.Notes] });

        var model = Parse(
            (await bc.SendRawAsync("GET", $"{bc.Emulator.RouteAddress(CustomTables.Route)}$metadata", null)).Text);

        model.EntityContainer.EntitySets().Select(set => set.Name).Should()
            .Equal("entityDefinitions", "subscriptions", "companies", "notes");
    }

    private static IEnumerable<XElement> Properties(XElement schema, string entity) =>
        Named(schema, "EntityType", entity).Elements(Edm + "Property");

    private static IEnumerable<string> Lengths(XElement schema, string entity) => Properties(schema, entity)
        .Where(property => property.Attribute("MaxLength") is not null)
        .Select(property => $"{property.Attribute("Name")!.Value}={property.Attribute("MaxLength")!.Value}");

    private static IEnumerable<string> Mandatory(XElement schema, string entity) => Properties(schema, entity)
        .Where(property => property.Attribute("Nullable")?.Value == "false")
        .Select(property => property.Attribute("Name")!.Value);

    private static string Navigation(XElement schema, string entity, string name)
    {
        var navigation = Named(Named(schema, "EntityType", entity), "NavigationProperty", name);
        var constraint = navigation.Elements(Edm + "ReferentialConstraint").Single();
        return string.Join(
            ',',
            new[] { "Type", "Partner", "ContainsTarget" }.Select(key => navigation.Attribute(key)?.Value)
                .Concat(constraint.Attributes().Select(attribute => attribute.Value)));
    }

    private static IEdmModel Parse(string text)
    {
        using var reader = XDocument.Parse(text).CreateReader();
        CsdlReader.TryParse(reader, out var model, out var errors).Should().BeTrue(string.Join(';', errors));
        return model;
    }
}
