using System.Globalization;

namespace Dataverse.Sync;

/// <summary>
/// Reads an instant from a text, such as 31-12-2026 14:30, and writes an instant as such a text. Business Central: Date and
/// Time Formatting.
/// </summary>
/// <remarks>A text without an offset is taken as UTC, and instants are written in UTC.</remarks>
public sealed record DateTimeFormattingRule : FormattingRule
{
    /// <inheritdoc/>
    public override string Name => "DateTimeFormatting";

    private protected override FieldValue Sample => FieldValue.DateTime(new(1987, 11, 23, 14, 35, 56, TimeSpan.Zero));

    private protected override FieldValue Read(string text, CultureInfo culture) =>
        FieldValue.DateTime(DateTexts.Read(text, Format, culture));

    private protected override string Write(FieldValue value, CultureInfo culture) => Instants.Of(value) is { } instant
        ? instant.ToString(Format ?? DefaultFormat(culture), culture)
        : throw new FormatException("The value is neither a date nor an instant.");

    private static string DefaultFormat(CultureInfo culture) =>
        $"{culture.DateTimeFormat.ShortDatePattern} {culture.DateTimeFormat.LongTimePattern}";
}
