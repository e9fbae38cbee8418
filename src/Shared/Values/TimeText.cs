using System.Globalization;

namespace Dataverse.Sync.Shared;

/// <summary>Times of day in 24 hours, such as <c>08:30:00</c>.</summary>
internal static class TimeText
{
    private static readonly string[] Forms = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    public static string Format(TimeOnly value) => value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <summary>The time that a text tells; null if it tells none.</summary>
    public static TimeOnly? Parse(string text) =>
        TimeOnly.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
