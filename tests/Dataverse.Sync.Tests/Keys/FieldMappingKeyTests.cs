namespace Dataverse.Sync.Tests;

public sealed class FieldMappingKeyTests
{
    [Fact]
    public void Keys_are_equal_by_their_text_and_letter_case()
    {
        new FieldMappingKey("phone").Should().Be(new FieldMappingKey("phone")).And.NotBe(new FieldMappingKey("Phone"));
        new FieldMappingKey("phone").GetHashCode().Should().Be(FieldMappingKey.FromString("phone").GetHashCode());
        ((FieldMappingKey)"phone").ToString().Should().Be("phone");
    }

    [Fact]
    public void Key_of_no_text_is_the_default_one()
    {
        new FieldMappingKey("").Should().Be(default(FieldMappingKey));
        new FieldMappingKey("").GetHashCode().Should().Be(default(FieldMappingKey).GetHashCode());
        default(FieldMappingKey).Value.Should().BeEmpty();
    }

    [Theory]
    [InlineData("phoneNumber", "telephone1", "phoneNumber>telephone1")]
    [InlineData(null, "customertypecode", ">customertypecode")]
    [InlineData("type", null, "type>")]
    public void Standard_key_joins_the_names_of_the_fields(string? local, string? integration, string key) =>
        FieldMappingKey.Between(local, integration).Should().Be(new FieldMappingKey(key));

    [Fact]
    public void Key_may_hold_any_text() => new FieldMappingKey("a>b>c | d").Value.Should().Be("a>b>c | d");

    [Fact]
    public void Key_refuses_null()
    {
        var create = () => new FieldMappingKey(null!);

        create.Should().Throw<ArgumentNullException>();
    }
}
