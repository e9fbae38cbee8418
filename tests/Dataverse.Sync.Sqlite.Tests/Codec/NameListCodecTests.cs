using CsCheck;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class NameListCodecTests
{
    private static readonly string[] KnownNames =
        ["", "SALES|PEOPLE", "A \"quoted\", \\ and | name 😀", "null", "\\u0041", "'; DROP TABLE failure; --"];

    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.Char["AB|\\\"',[]{}\0\n\u2028äß"].Array[0, 12].Select(letters => new string(letters)),
        Gen.Int[0, KnownNames.Length - 1].Select(index => KnownNames[index]));

    [Fact]
    public void Names_are_restored_exactly() => Names.Array[1, 6].Sample(names =>
        NameListCodec.Read(NameListCodec.Write(names)).SequenceEqual(names));

    [Theory]
    [InlineData("")]
    [InlineData("CUSTOMER")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"CUSTOMER\"")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[1]")]
    [InlineData("[\"CUSTOMER\", [\"VENDOR\"]]")]
    [InlineData("[\"CUSTOMER\"] []")]
    [InlineData("[\"\\ud800\"]")]
    public void Anything_but_a_list_of_names_is_a_format_error(string json)
    {
        var read = () => NameListCodec.Read(json);

        read.Should().Throw<FormatException>();
    }

    [Fact]
    public void Random_text_is_a_format_error_or_a_list_of_names() => Gen.OneOf(
        Gen.String[0, 20],
        Gen.Char["[]\",\\u0d8 1nt{}:\ud800"].Array[0, 20].Select(letters => new string(letters))).Sample(json =>
        {
            try
            {
                _ = NameListCodec.Read(json);
            }
            catch (FormatException)
            {
                // The only failure that the store expects.
            }
        });
}
