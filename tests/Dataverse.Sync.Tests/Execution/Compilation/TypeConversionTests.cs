using CsCheck;
using Dataverse.Sync.Execution;
using static Dataverse.Sync.Tests.Execution.Planning.Plans;

namespace Dataverse.Sync.Tests.Execution.Compilation;

/// <summary>Sets of options, durations, and times of day, and what they become in fields of other types.</summary>
public sealed class TypeConversionTests
{
    private static readonly FieldSchema Colors = Several("colors", (1, "Red"), (2, "Green, dark"), (7, "Blue"));
    private static readonly FieldSchema Paints = Several("paints", (10, "blue"), (20, "RED"), (30, "Green, dark"));

    [Fact]
    public void Set_of_options_round_trips_through_a_text_of_labels_and_through_another_choice() =>
        Gen.Int[0, 2].Array[1, 5].Select(places => places.Select(place => new[] { 1, 2, 7 }[place]).ToArray()).Sample(options =>
        {
            var value = FieldValue.MultiChoice(options);
            return RoundTrips(value, Colors, Text("b")) && RoundTrips(value, Colors, Paints);
        });

    [Fact]
    public void Duration_round_trips_through_its_text_and_the_number_of_its_minutes() =>
        Gen.Select(Gen.Long, Gen.Int).Sample((ticks, minutes) =>
            RoundTrips(FieldValue.Duration(new(ticks)), Field("a", FieldType.Duration), Text("b"))
            && RoundTrips(FieldValue.Duration(new(ticks)), Field("a", FieldType.Duration), Field("b", FieldType.Decimal))
            && RoundTrips(FieldValue.Duration(TimeSpan.FromMinutes(minutes)), Field("a", FieldType.Duration), Field("b", FieldType.Integer)));

    [Fact]
    public void Time_round_trips_through_its_text() => Gen.Long[0, TimeOnly.MaxValue.Ticks].Sample(ticks =>
        RoundTrips(FieldValue.Time(new(ticks)), Field("a", FieldType.Time), Text("b")));

    [Theory]
    [InlineData("Red; Blue", 1, 7)]
    [InlineData(" blue ;red;RED", 1, 7)]
    [InlineData("Green, dark", 2)]
    [InlineData("7,1", 1, 7)]
    [InlineData("7;Red", 1, 7)]
    [InlineData(" ")]
    public void Text_names_options_by_labels_or_numbers(string text, params int[] options) =>
        ValueConversion.Convert(FieldValue.Text(text), Text("a"), Colors).Should().Be(FieldValue.MultiChoice(options));

    [Fact]
    public void Set_becomes_the_labels_in_the_order_of_the_numbers() =>
        ValueConversion.Convert(FieldValue.MultiChoice(7, 1), Colors, Text("b")).Should().Be(FieldValue.Text("Red; Blue"));

    [Fact]
    public void One_option_is_a_set_of_one()
    {
        var choice = Choice("c", (FieldValue.Text("Red"), "Red"), (FieldValue.Text("Blue"), "Blue"));

        ValueConversion.Convert(FieldValue.Text("Blue"), choice, Colors).Should().Be(FieldValue.MultiChoice(7));
        ValueConversion.Convert(FieldValue.MultiChoice(1), Colors, choice).Should().Be(FieldValue.Text("Red"));
    }

    [Theory]
    [MemberData(nameof(Unfit))]
    public void What_would_not_be_read_again_is_refused(FieldValue value, FieldSchema from, FieldSchema to)
    {
        var convert = () => ValueConversion.Convert(value, from, to);

        convert.Should().Throw<FormatException>();
    }

    public static TheoryData<FieldValue, FieldSchema, FieldSchema> Unfit() => new()
    {
        { FieldValue.MultiChoice(1, 7), Colors, Text("b", 5) },
        { FieldValue.MultiChoice(3), Colors, Text("b") },
        { FieldValue.MultiChoice(2), Several("a", (2, "Black; white")), Text("b") },
        { FieldValue.MultiChoice(2), Several("a", (1, "Red"), (2, "Red")), Text("b") },
        { FieldValue.MultiChoice(1, 7), Colors, Choice("c", (FieldValue.Integer(1), "Red"), (FieldValue.Integer(7), "Blue")) },
        { FieldValue.Text("Pink"), Text("a"), Colors },
        { FieldValue.Text("Red, Blue"), Text("a"), Colors },
        { FieldValue.Duration(TimeSpan.FromSeconds(90)), Field("a", FieldType.Duration), Field("b", FieldType.Integer) },
        { FieldValue.Decimal(decimal.MaxValue), Field("a", FieldType.Decimal), Field("b", FieldType.Duration) },
        { FieldValue.Text("P1Y"), Text("a"), Field("b", FieldType.Duration) },
        { FieldValue.Text("25:00"), Text("a"), Field("b", FieldType.Time) },
    };

    [Theory]
    [InlineData(89, 1)]
    [InlineData(90, 2)]
    [InlineData(-90, -2)]
    [InlineData(29, 0)]
    public void Duration_is_rounded_to_the_minutes_of_its_field(int seconds, int minutes) => ValueConversion
        .Convert(FieldValue.Duration(TimeSpan.FromSeconds(seconds)), Field("a", FieldType.Duration), Minutes())
        .Should().Be(FieldValue.Duration(TimeSpan.FromMinutes(minutes)));

    [Fact]
    public void Types_without_a_sure_conversion_are_not_joined()
    {
        FieldType[] types = [FieldType.MultiChoice, FieldType.Duration, FieldType.Time];
        var known = types.SelectMany(type => Enum.GetValues<FieldType>()
            .Where(other => other != type && ValueConversion.IsKnown(type, other) && ValueConversion.IsKnown(other, type))
            .Select(other => (type, other)));

        known.Should().BeEquivalentTo(
        [
            (FieldType.MultiChoice, FieldType.Text), (FieldType.MultiChoice, FieldType.Choice), (FieldType.Duration, FieldType.Text),
            (FieldType.Duration, FieldType.Integer), (FieldType.Duration, FieldType.Decimal), (FieldType.Time, FieldType.Text),
        ]);
    }

    private static FieldSchema Minutes() => Field("b", FieldType.Duration) with { TimeResolution = TimeSpan.FromMinutes(1) };

    private static FieldSchema Several(string name, params (int Number, string Label)[] options) => new()
    {
        Name = name,
        Type = FieldType.MultiChoice,
        Options = [.. options.Select(option => new ChoiceOption(FieldValue.Integer(option.Number), option.Label))],
    };

    private static bool RoundTrips(FieldValue value, FieldSchema own, FieldSchema other) =>
        ValueConversion.Convert(ValueConversion.Convert(value, own, other), other, own) == value;
}
