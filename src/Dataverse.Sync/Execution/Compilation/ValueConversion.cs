using System.Globalization;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Execution;

/// <summary>Converts values to the type of another field.</summary>
internal static class ValueConversion
{
    // A group separator would turn the "1,5" of many languages into 15.
    private const NumberStyles PlainNumber = NumberStyles.Number & ~NumberStyles.AllowThousands;

    /// <summary>Whether values can be converted between two types in both directions.</summary>
    public static bool IsKnown(FieldType from, FieldType to) => from == to || (from, to) switch
    {
        (FieldType.Integer or FieldType.Decimal, FieldType.Integer or FieldType.Decimal) => true,
        (FieldType.Choice, FieldType.Text or FieldType.Integer) => true,
        (FieldType.Text or FieldType.Integer, FieldType.Choice) => true,
        (FieldType.Date, FieldType.DateTime) or (FieldType.DateTime, FieldType.Date) => true,
        (FieldType.MultiChoice, FieldType.Text or FieldType.Choice) => true,
        (FieldType.Text or FieldType.Choice, FieldType.MultiChoice) => true,
        (FieldType.Duration, FieldType.Integer or FieldType.Decimal or FieldType.Text) => true,
        (FieldType.Integer or FieldType.Decimal or FieldType.Text, FieldType.Duration) => true,
        (FieldType.Time, FieldType.Text) or (FieldType.Text, FieldType.Time) => true,
        _ => false,
    };

    /// <summary>Converts a value to the type and the resolution of a field that needs no time zone.</summary>
    /// <exception cref="UnfitValueException">The value cannot be represented in the target field.</exception>
    public static FieldValue Convert(FieldValue value, FieldSchema from, FieldSchema to) =>
        ValueFitting.Fit(ToTypeOf(to, value, from, zone: null), to).Value;

    /// <summary>Converts a value to the type of a field.</summary>
    /// <param name="to">The target field.</param>
    /// <param name="value">The value.</param>
    /// <param name="from">The field from which the value comes.</param>
    /// <param name="zone">The time zone in which an instant has a date, or null for UTC.</param>
    /// <param name="isConverted">
    /// Whether a converter returned the value, so that it may be one of the target already.
    /// </param>
    /// <exception cref="UnfitValueException">The value cannot be represented in the target type.</exception>
    public static FieldValue ToTypeOf(
        FieldSchema to, FieldValue value, FieldSchema from, TimeZoneInfo? zone, bool isConverted = false)
    {
        if (value.IsBlank)
        {
            return value;
        }

        return to.Type switch
        {
            FieldType.Text when value.Kind == FieldValueKind.MultiChoice =>
                MultiChoiceConversion.ToText(value, from, to, isConverted),
            FieldType.Text => FieldValue.Text(ChoiceConversion.TextOf(value, from, isConverted)),
            FieldType.MultiChoice => MultiChoiceConversion.ToMultiChoice(value, from, to, isConverted),
            FieldType.Choice when value.Kind == FieldValueKind.MultiChoice =>
                MultiChoiceConversion.ToChoice(value, from, to, isConverted),
            FieldType.Choice => ChoiceConversion.ToChoice(value, from, to, isConverted),
            FieldType.Integer => FieldValue.Integer(ToInteger(value)),
            FieldType.Decimal => FieldValue.Decimal(ToNumber(value)),
            FieldType.Date => TimeConversion.ToDate(value, from, zone),
            FieldType.DateTime when isConverted && value.Kind == FieldValueKind.DateTime => value,
            FieldType.DateTime => TimeConversion.ToDateTime(value, from, to, zone),
            FieldType.Duration => DurationConversion.ToDuration(value),
            FieldType.Time => ToTime(value),
            FieldType.Boolean when value.Kind != FieldValueKind.Boolean =>
                throw new UnfitValueException("the value is neither true nor false."),
            _ => value,
        };
    }

    /// <summary>Whether two values are the same: equal, or the same text in two forms.</summary>
    public static bool AreSame(FieldValue left, FieldValue right) =>
        left == right
        || Fingerprint.Of(left) == Fingerprint.Of(right)
        || (AreTexts(left, right) && TextForm.AreSame(left.AsText(), right.AsText()));

    /// <summary>
    /// Whether two values are the same, or one is a blank and the other the zero or false that a system without blanks
    /// stores in its place.
    /// </summary>
    public static bool AreEquivalent(FieldValue left, FieldValue right) =>
        AreSame(left, right) || (left.IsBlank && StandsForBlank(right)) || (right.IsBlank && StandsForBlank(left));

    /// <summary>Whether a text is a number.</summary>
    public static bool IsNumber(string text) => decimal.TryParse(text, PlainNumber, CultureInfo.InvariantCulture, out _);

    private static bool AreTexts(FieldValue left, FieldValue right) =>
        left.Kind == FieldValueKind.Text && right.Kind == FieldValueKind.Text;

    /// <summary>
    /// Whether a value is what a system stores that has no blank of its kind. False is not counted: it is an answer.
    /// </summary>
    public static bool IsZero(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Integer or FieldValueKind.Decimal => value.AsDecimal() == 0,
        FieldValueKind.Duration => value.AsDuration() == TimeSpan.Zero,
        FieldValueKind.Time => value.AsTime() == TimeOnly.MinValue,
        _ => false,
    };

    /// <summary>Whether a value is what a system stores for a blank that has none of its kind: a zero, or false.</summary>
    public static bool StandsForBlank(FieldValue value) =>
        IsZero(value) || (value.Kind == FieldValueKind.Boolean && !value.AsBoolean());

    private static FieldValue ToTime(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Time => value,
        FieldValueKind.Text when TimeText.Parse(value.AsText().Trim()) is { } time => FieldValue.Time(time),
        _ => throw new UnfitValueException("the value is not a time of day, such as 08:30:00."),
    };

    private static long ToInteger(FieldValue value)
    {
        var number = ToNumber(value);
        return number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : throw new UnfitValueException("the number is not a whole number of 64 bits.");
    }

    private static decimal ToNumber(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Integer or FieldValueKind.Decimal => value.AsDecimal(),
        FieldValueKind.Duration => DurationConversion.MinutesOf(value),
        FieldValueKind.Text when decimal.TryParse(
            value.AsText(), PlainNumber, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new UnfitValueException("the value is not a number."),
    };
}
