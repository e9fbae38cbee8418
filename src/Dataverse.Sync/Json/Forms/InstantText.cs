using System.Globalization;

namespace Dataverse.Sync.Documents;

internal static class InstantText
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Reads an instant in ISO 8601 that says its offset to UTC, so that no time zone of a machine matters.</summary>
    public static bool TryRead(string text, out DateTimeOffset instant)
    {
        instant = default;
        var time = text.AsSpan(Math.Max(0, text.IndexOf('T', StringComparison.Ordinal)));
        return time.IndexOfAny('Z', '+', '-') >= 0
            && DateTimeOffset.TryParseExact(
                text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
    }
}
