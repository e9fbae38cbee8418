using System.Globalization;

namespace Dataverse.Sync;

/// <summary>Reads dates and instants from values in the form in which values are printed.</summary>
internal static class Instants
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>The date of a date, of an instant in UTC, or of a text that is one of them; null for other values.</summary>
    public static DateOnly? DateOf(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Date => value.AsDate(),
        FieldValueKind.Text when DateOnly.TryParseExact(
            value.AsText(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        _ => Of(value) is { } instant ? DateOnly.FromDateTime(instant.UtcDateTime) : null,
    };

    /// <summary>
    /// The instant of an instant, of a date at midnight UTC, or of a text that is one of them; null for other values.
    /// </summary>
    public static DateTimeOffset? Of(FieldValue value) => value.Kind switch
    {
        FieldValueKind.DateTime => value.AsDateTime(),
        FieldValueKind.Date => new(value.AsDate().ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        FieldValueKind.Text when DateTimeOffset.TryParseExact(
            value.AsText(),
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant) => instant,
        _ => null,
    };
}
