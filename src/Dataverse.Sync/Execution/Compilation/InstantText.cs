namespace Dataverse.Sync.Execution;

/// <summary>
/// Texts that are an instant, such as "2012-07-14T00:00:00.0050Z". Services that read texts as JSON may remove the zeros
/// at the end of the fraction, so two such texts are one.
/// </summary>
internal static class InstantText
{
    private const string Pattern = "0000-00-00T00:00:00.";

    /// <summary>Whether a text is an instant with a fraction of a second.</summary>
    public static bool HasFraction(string text) =>
        StartsLikeOne(text) && EndsLikeOne(text.AsSpan(EndOfFraction(text)));

    /// <summary>Returns the text without zeros at the end of its fraction; any other text as it is.</summary>
    public static string Shorten(string text)
    {
        if (!HasFraction(text))
        {
            return text;
        }

        var end = EndOfFraction(text);
        var kept = text.AsSpan(0, end).TrimEnd('0').TrimEnd('.');
        return kept.Length == end ? text : string.Concat(kept, text.AsSpan(end));
    }

    private static bool StartsLikeOne(string text)
    {
        for (var index = 0; index < Pattern.Length; index++)
        {
            var isLike = index < text.Length
                && (Pattern[index] == '0' ? char.IsAsciiDigit(text[index]) : text[index] == Pattern[index]);
            if (!isLike)
            {
                return false;
            }
        }

        return true;
    }

    private static int EndOfFraction(string text)
    {
        var end = Pattern.Length;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end;
    }

    private static bool EndsLikeOne(ReadOnlySpan<char> end) => end is "" or "Z"
        || (end is ['+' or '-', _, _, ':', _, _]
            && char.IsAsciiDigit(end[1])
            && char.IsAsciiDigit(end[2])
            && char.IsAsciiDigit(end[4])
            && char.IsAsciiDigit(end[5]));
}
