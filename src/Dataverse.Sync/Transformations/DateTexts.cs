using System.Globalization;

namespace Dataverse.Sync;

/// <summary>Reads instants from texts in a given format, or in the usual ones of a culture.</summary>
internal static class DateTexts
{
    private const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        | DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;

    private const string StandardFormatsWithoutYear = "mMtT";
    private static readonly string[] Times = ["", " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF", " h:mm tt", " h:mm:ss tt"];

    /// <exception cref="FormatException">The text is no date in this format.</exception>
    public static DateTimeOffset Read(string text, string? format, CultureInfo culture) =>
        TryRead(text, format, culture) is { } found
            ? new(found.Ticks, TimeSpan.Zero)
            : throw new FormatException("The text is not a date in the format of the rule.");

    private static DateTime? TryRead(string text, string? format, CultureInfo culture)
    {
        if (format is null)
        {
            return Instants.Of(FieldValue.Text(text))?.UtcDateTime ?? ReadUsual(text, culture);
        }

        // A year that is missing would be that of the day on which the text is read.
        return HasYear(format) && DateTime.TryParseExact(text, format, culture, Styles, out var found) ? found : null;
    }

    // Day, month, and year in the order of the culture, between any of the usual signs.
    private static DateTime? ReadUsual(string text, CultureInfo culture)
    {
        var date = OrderOf(culture.DateTimeFormat.ShortDatePattern);
        var trimmed = text.Trim();
        var end = trimmed.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var blank ? blank : trimmed.Length;
        var uniform = trimmed[..end].Replace('.', '/').Replace('-', '/').TrimEnd('/') + trimmed[end..];
        string[] formats = [.. Times.SelectMany(time => new[] { date + time, date.Replace("yyyy", "yy", StringComparison.Ordinal) + time })];
        return DateTime.TryParseExact(uniform, formats, Cultures.Invariant, Styles, out var found) ? found : null;
    }

    private static string OrderOf(string pattern)
    {
        var (day, month, year) = (pattern.IndexOf('d'), pattern.IndexOf('M'), pattern.IndexOf('y'));
        return year < month ? "yyyy/M/d" : month < day ? "M/d/yyyy" : "d/M/yyyy";
    }

    private static bool HasYear(string format)
    {
        if (format.Length == 1)
        {
            return !StandardFormatsWithoutYear.Contains(format[0], StringComparison.Ordinal);
        }

        char? quote = null;
        for (var index = 0; index < format.Length; index++)
        {
            switch (format[index])
            {
                case '\\':
                    index++;
                    break;
                case '\'' or '"' when quote is null || quote == format[index]:
                    quote = quote is null ? format[index] : null;
                    break;
                case 'y' when quote is null:
                    return true;
            }
        }

        return false;
    }
}
