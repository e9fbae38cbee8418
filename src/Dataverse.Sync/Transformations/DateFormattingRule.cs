using System.Globalization;

namespace Dataverse.Sync;

/// <summary>
/// Reads a date from a text, such as 31-12-2026, and writes a date as such a text. Business Central: Date Formatting.
/// </summary>
/// <remarks>The time of an instant or of a text is left out; the date of an instant is that in UTC.</remarks>
public sealed record DateFormattingRule : FormattingRule
{
    /// <inheritdoc/>
    public override string Name => "DateFormatting";

    private protected override FieldValue Sample => FieldValue.Date(new(1987, 11, 23));

    private protected override FieldValue Read(string text, CultureInfo culture) =>
        FieldValue.Date(DateOnly.FromDateTime(DateTexts.Read(text, Format, culture).UtcDateTime));

    private protected override string Write(FieldValue value, CultureInfo culture) => Instants.DateOf(value) is { } date
        ? date.ToDateTime(TimeOnly.MinValue).ToString(Format ?? culture.DateTimeFormat.ShortDatePattern, culture)
        : throw new FormatException("The value is not a date.");
}
