using CsCheck;
using Dataverse.Sync.Execution;
using static Dataverse.Sync.Tests.Execution.Planning.Plans;

namespace Dataverse.Sync.Tests.Execution.Compilation;

public sealed class ValueConversionTests
{
    private static readonly FieldSchema LocalChoice = Choice("l", (FieldValue.Text("Ship"), "Ship"), (FieldValue.Text("All"), "All"));
    private static readonly FieldSchema IntegrationChoice = Choice("i", (FieldValue.Integer(10), "ship"), (FieldValue.Integer(20), "All"));

    [Fact]
    [Trait("parity", "BC-2.3-02")]
    [Trait("parity", "BC-2.3-05")]
    public void I17_Values_of_one_type_round_trip() =>
        Gen.OneOf(
                Gen.String.Select(value => (FieldType.Text, FieldValue.Text(value))),
                Gen.Bool.Select(value => (FieldType.Boolean, FieldValue.Boolean(value))),
                Gen.Long.Select(value => (FieldType.Integer, FieldValue.Integer(value))),
                Gen.Decimal.Select(value => (FieldType.Decimal, FieldValue.Decimal(value))),
                Gen.Guid.Select(value => (FieldType.Identifier, FieldValue.Identifier(value))),
                Gen.DateTime.Select(value => (FieldType.Date, FieldValue.Date(DateOnly.FromDateTime(value)))),
                Gen.DateTimeOffset.Select(value => (FieldType.DateTime, FieldValue.DateTime(value))))
            .Sample((type, value) => ValueConversion.Convert(value, Field("a", type), Field("b", type)) == value, iter: 20_000);

    [Fact]
    public void I17_Whole_numbers_and_dates_round_trip_through_their_wider_type() =>
        Gen.Select(Gen.Long, Gen.Int[1, 3_000_000]).Sample(
            (number, day) => RoundTrips(FieldValue.Integer(number), FieldType.Integer, FieldType.Decimal)
                && RoundTrips(FieldValue.Date(DateOnly.FromDayNumber(day)), FieldType.Date, FieldType.DateTime),
            iter: 20_000);

    [Fact]
    public void I17_Converting_again_changes_nothing() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 12], Gen.Int[1, 8], Gen.Bool).Sample(
            (text, length, isCode) =>
            {
                var target = Text("b", isCode ? length + 12 : length, isCode);
                var once = ValueConversion.Convert(FieldValue.Text(text), Text("a"), target);
                return ValueConversion.Convert(once, target, target) == once && once.AsText().Length <= target.MaxLength;
            },
            iter: 20_000);

    [Theory]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("ab😀c", 3, "ab")]
    [InlineData("ab😀c", 4, "ab😀")]
    [InlineData("😀", 1, "")]
    [Trait("parity", "BC-2.3-09")]
    public void Text_is_cut_to_the_target_but_never_within_a_character(string text, int length, string expected) =>
        ValueConversion.Convert(FieldValue.Text(text), Text("a"), Text("b", length)).AsText().Should().Be(expected);

    [Theory]
    [InlineData("nx\u0301e", 2, "n")]
    [InlineData("ne\u0301e", 2, "n\u00E9")]
    [InlineData("a👩‍👩‍👧b", 4, "a")]
    [InlineData("ab\r\ncd", 4, "ab\nc")]
    [InlineData("x\u0301\u0302", 2, "x\u0301")]
    public void Text_is_not_cut_within_what_people_see_as_one_character(string text, int length, string expected) =>
        ValueConversion.Convert(FieldValue.Text(text), Text("a"), Text("b", length)).AsText().Should().Be(expected);

    [Fact]
    [Trait("parity", "BC-2.2-01")]
    public void Code_is_trimmed_and_raised_before_its_length_counts() =>
        ValueConversion.Convert(FieldValue.Text("  abc "), Text("a"), Text("b", 3, isCode: true)).AsText().Should().Be("ABC");

    [Fact]
    [Trait("parity", "BC-2.3-09")]
    public void Keys_and_codes_are_never_cut()
    {
        var convert = () => ValueConversion.Convert(FieldValue.Text("secret"), Text("a"), Text("b", 5, isCode: true));

        convert.Should().Throw<FormatException>().Which.Message.Should().Contain("'b'").And.Contain("6").And.Contain("5").And.NotContain("secret");
    }

    [Fact]
    public void Choice_is_found_by_label_whatever_its_letter_case_and_back()
    {
        ValueConversion.Convert(FieldValue.Text("Ship"), LocalChoice, IntegrationChoice).Should().Be(FieldValue.Integer(10));
        ValueConversion.Convert(FieldValue.Integer(10), IntegrationChoice, LocalChoice).Should().Be(FieldValue.Text("Ship"));
    }

    [Fact]
    [Trait("parity", "BC-2.3-06")]
    public void Choice_is_found_by_value_before_label_and_by_number_last()
    {
        var target = Choice("t", (FieldValue.Integer(1), "2"), (FieldValue.Integer(2), "x"));

        ValueConversion.Convert(FieldValue.Integer(2), Field("a", FieldType.Integer), target).Should().Be(FieldValue.Integer(2));
        ValueConversion.Convert(FieldValue.Text("2"), Text("a"), target).Should().Be(FieldValue.Integer(1));
        ValueConversion.Convert(FieldValue.Text("1"), Text("a"), target).Should().Be(FieldValue.Integer(1));
    }

    [Fact]
    public void Choice_becomes_its_label_in_a_text() =>
        ValueConversion.Convert(FieldValue.Integer(20), IntegrationChoice, Text("b")).Should().Be(FieldValue.Text("All"));

    [Theory]
    [MemberData(nameof(Unconvertible))]
    public void Value_without_counterpart_is_refused_without_being_named(FieldValue value, FieldType from, FieldSchema to)
    {
        var convert = () => ValueConversion.Convert(value, Field("a", from), to);

        convert.Should().Throw<FormatException>().Which.Message.Should().NotContain(value.ToString());
    }

    public static TheoryData<FieldValue, FieldType, FieldSchema> Unconvertible() => new()
    {
        { FieldValue.Text("secret"), FieldType.Text, IntegrationChoice },
        { FieldValue.Decimal(1.25m), FieldType.Decimal, Field("b", FieldType.Integer) },
        { FieldValue.Decimal(1e20m), FieldType.Decimal, Field("b", FieldType.Integer) },
        { FieldValue.Text("secret"), FieldType.Text, Field("b", FieldType.Decimal) },
    };

    [Fact]
    public void Blank_stays_blank_and_equals_zero_and_false()
    {
        ValueConversion.Convert(default, LocalChoice, IntegrationChoice).IsBlank.Should().BeTrue();
        ValueConversion.AreEquivalent(default, FieldValue.Decimal(0)).Should().BeTrue();
        ValueConversion.AreEquivalent(FieldValue.Boolean(false), default).Should().BeTrue();
        ValueConversion.AreEquivalent(default, FieldValue.Integer(1)).Should().BeFalse();
        ValueConversion.AreEquivalent(default, FieldValue.Text("0")).Should().BeFalse();
    }

    [Fact]
    public void Equal_values_have_equal_fingerprints() =>
        Gen.Select(Gen.Decimal, Gen.Int[0, 8]).Sample(
            (number, zeros) =>
            {
                var padded = number * decimal.Parse("1." + new string('0', zeros), System.Globalization.CultureInfo.InvariantCulture);
                return padded != number || Fingerprint.Of(FieldValue.Decimal(padded)) == Fingerprint.Of(FieldValue.Decimal(number));
            },
            iter: 20_000);

    [Fact]
    public void Negative_zero_has_the_fingerprint_of_zero() =>
        Fingerprint.Of(FieldValue.Decimal(decimal.Negate(0m))).Should().Be(Fingerprint.Of(FieldValue.Integer(0)));

    private static bool RoundTrips(FieldValue value, FieldType own, FieldType wider)
    {
        var (a, b) = (Field("a", own), Field("b", wider));
        return ValueConversion.Convert(ValueConversion.Convert(value, a, b), b, a) == value;
    }
}
