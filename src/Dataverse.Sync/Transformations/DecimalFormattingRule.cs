using System.Globalization;

namespace Dataverse.Sync;

/// <summary>
/// Reads a number from a text, such as 1.234,56, and writes a number as such a text. Business Central: Decimal Formatting.
/// </summary>
public sealed record DecimalFormattingRule : FormattingRule
{
    // All digits that a number has, and no zeros at its end.
    private const string AllDigits = "0.############################";

    /// <inheritdoc/>
    public override string Name => "DecimalFormatting";

    private protected override FieldValue Sample => FieldValue.Decimal(-1234567.1234567m);

    private protected override FieldValue Read(string text, CultureInfo culture) =>
        decimal.TryParse(
            WithGroupSign(text, culture), NumberStyles.Number | NumberStyles.AllowParentheses, culture, out var number)
            ? FieldValue.Decimal(number)
            : throw new FormatException("The text is not a number in the culture of the rule.");

    // People type the blank of the keyboard where the culture has one of another width.
    private static string WithGroupSign(string text, CultureInfo culture) =>
        culture.NumberFormat.NumberGroupSeparator is [var sign] && char.IsWhiteSpace(sign)
            ? text.Replace(' ', sign).Replace('\u00A0', sign).Replace('\u202F', sign)
            : text;

    private protected override string Write(FieldValue value, CultureInfo culture) =>
        value.Kind is FieldValueKind.Integer or FieldValueKind.Decimal
            ? value.AsDecimal().ToString(Format ?? AllDigits, culture)
            : throw new FormatException("The value is not a number.");
}
