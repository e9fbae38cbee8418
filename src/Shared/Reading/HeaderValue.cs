namespace Dataverse.Sync.Shared;

/// <summary>Checks values that came from an answer and are sent back in a header.</summary>
internal static class HeaderValue
{
    private const int MaxLength = 1024;

    /// <summary>
    /// Whether a text may be the value of a header. A line break would begin another header, or another request of a
    /// batch.
    /// </summary>
    public static bool IsOne(string text) =>
        text.Length is > 0 and <= MaxLength && text.All(character => character is (>= ' ' and <= '~') or (>= '\u00a0' and <= '\u00ff'));
}
