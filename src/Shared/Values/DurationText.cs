using System.Xml;

namespace Dataverse.Sync.Shared;

/// <summary>Durations as ISO 8601 and OData write them, such as <c>P1DT2H30M</c>.</summary>
internal static class DurationText
{
    private const int MaxLength = 40;

    public static string Format(TimeSpan value) => XmlConvert.ToString(value);

    /// <summary>
    /// The duration that a text tells; null if it tells none, or more than 10,675,199 days. Years and months have no
    /// fixed length, so they are refused.
    /// </summary>
    public static TimeSpan? Parse(string text)
    {
        var days = text.Split('T', 2)[0];
        if (text.Length > MaxLength || days.AsSpan().ContainsAny('Y', 'M'))
        {
            return null;
        }

        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException)
        {
            return null;
        }
    }
}
