using System.Globalization;

namespace Dataverse.Sync.Execution;

/// <summary>Converts values to the type and length of another field.</summary>
/// <remarks>
/// Text is truncated to the length of the target, as in Business Central. Any other value that does not fit is an
/// error.
/// </remarks>
internal static class ValueConversion
{
    /// <summary>Whether values can be converted between two types in both directions.</summary>
    public static bool IsKnown(FieldType from, FieldType to) => from == to || (from, to) switch
    {
        (FieldType.Integer or FieldType.Decimal, FieldType.Integer or FieldType.Decimal) => true,
        (FieldType.Choice, FieldType.Text or FieldType.Integer) => true,
        (FieldType.Text or FieldType.Integer, FieldType.Choice) => true,
        (FieldType.Date, FieldType.DateTime) or (FieldType.DateTime, FieldType.Date) => true,
        _ => false,
    };

    /// <exception cref="FormatException">The value cannot be represented in the target field.</exception>
    public static FieldValue Convert(FieldValue value, FieldSchema from, FieldSchema to)
    {
        if (value.IsBlank)
        {
            return value;
        }

        return to.Type switch
        {
            FieldType.Text => FitText(TextOf(value, from), to),
            FieldType.Choice => ToChoice(value, from, to),
            FieldType.Integer => FieldValue.Integer(ToInteger(value)),
            FieldType.Decimal => FieldValue.Decimal(ToNumber(value)),
            FieldType.Date => FieldValue.Date(ToDate(value)),
            FieldType.DateTime => ToDateTime(value),
            _ => value,
        };
    }

    /// <summary>
    /// Whether two values are equivalent. A blank is equivalent to zero and false, which a system without blanks stores
    /// in its place.
    /// </summary>
    public static bool AreEquivalent(FieldValue left, FieldValue right) =>
        left == right
        || Fingerprint.Of(left) == Fingerprint.Of(right)
        || (left.IsBlank && IsZero(right))
        || (right.IsBlank && IsZero(left));

    private static DateOnly ToDate(FieldValue value) => value.Kind == FieldValueKind.DateTime
        ? DateOnly.FromDateTime(value.AsDateTime().UtcDateTime)
        : value.AsDate();

    private static bool IsZero(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Integer or FieldValueKind.Decimal => value.AsDecimal() == 0,
        FieldValueKind.Boolean => !value.AsBoolean(),
        _ => false,
    };

    private static string TextOf(FieldValue value, FieldSchema from) =>
        from.Type == FieldType.Choice && OptionOf(value, from) is { } option ? option.Label : value.ToString();

    private static FieldValue FitText(string text, FieldSchema to)
    {
        if (to.IsCode)
        {
            text = text.Trim().ToUpperInvariant();
        }

        if (to.MaxLength is { } longest && text.Length > longest)
        {
            text = text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
        }

        return FieldValue.Text(text);
    }

    // Tries the stored value, then the label, then the number, as Business Central does for an option.
    private static FieldValue ToChoice(FieldValue value, FieldSchema from, FieldSchema to)
    {
        if (to.Options.Count == 0)
        {
            return value;
        }

        var label = TextOf(value, from);
        var option = OptionOf(value, to)
            ?? to.Options.FirstOrDefault(item => string.Equals(item.Label, label, StringComparison.OrdinalIgnoreCase))
            ?? to.Options.FirstOrDefault(item => item.Value.ToString() == label);
        return option?.Value ?? throw new FormatException($"Field '{to.Name}' has no such option.");
    }

    private static ChoiceOption? OptionOf(FieldValue value, FieldSchema field) =>
        field.Options.FirstOrDefault(option => option.Value == value);

    private static long ToInteger(FieldValue value)
    {
        var number = ToNumber(value);
        return number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : throw new FormatException("The number is not a whole number of 64 bits.");
    }

    private static decimal ToNumber(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Integer or FieldValueKind.Decimal => value.AsDecimal(),
        FieldValueKind.Text when decimal.TryParse(
            value.AsText(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new FormatException("The value is not a number."),
    };

    private static FieldValue ToDateTime(FieldValue value) => value.Kind == FieldValueKind.Date
        ? FieldValue.DateTime(new DateTimeOffset(value.AsDate().ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))
        : value;
}
