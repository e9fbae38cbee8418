using System.Text;

namespace Dataverse.Sync.BusinessCentral.Tests.Schema;

/// <summary>Every type that a property of an API page may have.</summary>
public sealed class PropertyTypeTests
{
    [Theory]
    [InlineData("Edm.String", FieldType.Text)]
    [InlineData("Edm.Boolean", FieldType.Boolean)]
    [InlineData("Edm.Byte", FieldType.Integer)]
    [InlineData("Edm.SByte", FieldType.Integer)]
    [InlineData("Edm.Int16", FieldType.Integer)]
    [InlineData("Edm.Int32", FieldType.Integer)]
    [InlineData("Edm.Int64", FieldType.Integer)]
    [InlineData("Edm.Decimal", FieldType.Decimal)]
    [InlineData("Edm.Double", FieldType.Decimal)]
    [InlineData("Edm.Single", FieldType.Decimal)]
    [InlineData("Edm.Guid", FieldType.Identifier)]
    [InlineData("Edm.Date", FieldType.Date)]
    [InlineData("Edm.DateTimeOffset", FieldType.DateTime)]
    [InlineData("Edm.Duration", FieldType.Duration)]
    [InlineData("Edm.TimeOfDay", FieldType.Time)]
    [InlineData("NAV.status", FieldType.Choice)]
    public void Property_of_a_known_type_is_a_field(string type, FieldType expected)
    {
        var set = Read($"""<Property Name="it" Type="{type}" />""");

        set.Properties.Should().ContainSingle().Which.Type.Should().Be(expected);
        set.Unsupported.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Edm.Stream", "an address of their own")]
    [InlineData("Edm.Binary", "binary values")]
    [InlineData("Edm.Untyped", "no field of this type")]
    [InlineData("Edm.ComplexType", "no field of this type")]
    [InlineData("Edm.GeographyPoint", "no field of this type")]
    [InlineData("Edm.GeometryPolygon", "no field of this type")]
    [InlineData("Collection(Edm.String)", "no single value")]
    [InlineData("NAV.postalAddress", "several parts")]
    public void Property_of_another_type_is_named_with_the_reason(string type, string reason)
    {
        var set = Read($"""<Property Name="it" Type="{type}" />""");

        set.Properties.Should().BeEmpty();
        set.Unsupported.Should().ContainSingle().Which.Should().Match<UnsupportedField>(field =>
            field.Name == "it" && field.Description == $"a property of the type {type}" && field.Reason.Contains(reason));
    }

    [Fact]
    public void Navigation_property_is_named_with_the_reason()
    {
        var set = Read("""<NavigationProperty Name="picture" Type="NAV.picture" />""");

        set.Unsupported.Should().ContainSingle().Which.Should().Be(new UnsupportedField(
            "picture", "a navigation property", "what it leads to are records of another table, which can be mapped."));
    }

    private static EntityModel.Set Read(string property) => MetadataReader.Read(Encoding.UTF8.GetBytes(
        $"""
        <Edmx><Schema Namespace="NAV">
          <EnumType Name="status"><Member Name="Open" /></EnumType>
          <EntityType Name="job"><Key><PropertyRef Name="id" /></Key>{property}</EntityType>
          <EntityContainer Name="NAV"><EntitySet Name="jobs" EntityType="NAV.job" /></EntityContainer>
        </Schema></Edmx>
        """)).Sets["jobs"];
}
