using CsCheck;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.Http.Tests;

public sealed class ODataLiteralTests
{
    [Fact]
    public void Of_writes_each_kind_as_the_service_reads_it()
    {
        ODataLiteral.Of(FieldValue.Text("O'Neil")).Should().Be("'O''Neil'");
        ODataLiteral.Of(FieldValue.Decimal(-10.50m)).Should().Be("-10.5");
        ODataLiteral.Of(FieldValue.Integer(7)).Should().Be("7");
        ODataLiteral.Of(FieldValue.Boolean(true)).Should().Be("true");
        ODataLiteral.Of(FieldValue.Date(new DateOnly(2026, 8, 17))).Should().Be("2026-08-17");
        ODataLiteral.Of(FieldValue.Reference(new Guid("01234567-89ab-cdef-0123-456789abcdef"), "x")).Should().Be("01234567-89ab-cdef-0123-456789abcdef");
        ODataLiteral.DateTime(new DateTimeOffset(2026, 8, 17, 12, 15, 30, 123, TimeSpan.FromHours(2))).Should().Be("2026-08-17T10:15:30.123Z");
    }

    [Fact]
    public void A_text_ends_only_at_its_own_end() => Gen.String.Sample(text =>
    {
        var literal = ODataLiteral.Text(text);
        var inner = literal[1..^1];
        return literal[0] == '\'' && literal[^1] == '\''
            && !inner.Replace("''", string.Empty, StringComparison.Ordinal).Contains('\'', StringComparison.Ordinal)
            && inner.Replace("''", "'", StringComparison.Ordinal) == text;
    });

    [Fact]
    public void Encode_leaves_nothing_that_could_end_an_option() => Gen.String["ab &?#+%='/äöü東\"<>"].Sample(text =>
    {
        var encoded = ODataLiteral.Encode(text);
        return encoded.All(c => char.IsAsciiLetterOrDigit(c) || "%-._~".Contains(c, StringComparison.Ordinal)) && Uri.UnescapeDataString(encoded) == text;
    });
}
