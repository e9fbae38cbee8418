namespace Dataverse.Sync.Shared;

/// <summary>Checks values that came from an answer and are sent back in a header.</summary>
internal static class HeaderValue
{
    private const int MaxLength = 1024;

    /// <summary>
    /// Whether a text may be the value of a header. A line break would begin another header, or another request of a
    /// batch.
    /// </summary>
    public static bool IsOne(string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (var character in text)
        {
            if (character is not ((>= ' ' and <= '~') or (>= '\u00a0' and <= '\u00ff')))
            {
                return false;
            }
        }

        return true;
    }
}
