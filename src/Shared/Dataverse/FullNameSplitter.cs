namespace Dataverse.Sync.Shared;

/// <summary>Splits a full name into parts that the service joins to the same text again.</summary>
/// <remarks>
/// <para>Words stay whole and in order. The last word becomes the last name and the words before it the first name.
/// Where the first name would be too long, further words move to the last name; the middle name takes some only where
/// no such split fits.</para>
/// <para>A text that cannot be joined again unchanged (a space at either end, a word longer than a column) has no such
/// split. It is cut to the lengths of the columns, and the caller learns the text that the service will hold.</para>
/// </remarks>
/// <param name="firstLength">The length of the first name.</param>
/// <param name="middleLength">The length of the middle name; null where the service does not put it into the full
/// name.</param>
/// <param name="lastLength">The length of the last name.</param>
internal sealed class FullNameSplitter(int firstLength, int? middleLength, int lastLength)
{
    /// <summary>The longest text that can have a split.</summary>
    public int MaxLength { get; } =
        firstLength + 1 + lastLength + (middleLength is { } middle ? 1 + middle : 0);

    /// <summary>The parts of a text: those that give it back, else as much of it as fits.</summary>
    public FullName Fit(string text)
    {
        if (Split(text) is { } exact)
        {
            return exact;
        }

        var rest = text.Trim();
        var first = TakeWords(ref rest, firstLength);
        var middle = middleLength is { } length ? TakeWords(ref rest, length) : null;
        return new FullName(first, middle, Cut(rest, lastLength));
    }

    /// <summary>The parts of a text, or null when no split gives the text back.</summary>
    public FullName? Split(string text)
    {
        if (text.Length == 0 || text.Length > MaxLength || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]))
        {
            return null;
        }

        if (!text.Contains(' ', StringComparison.Ordinal))
        {
            return text.Length <= lastLength ? new FullName(null, null, text) : null;
        }

        var breaks = FindBreaks(text);
        return SplitInTwo(text, breaks) ?? SplitInThree(text, breaks) ?? Whole(text);
    }

    // Only a blank between two words can be put back by a join: where two blanks meet, one would end a part.
    private static List<int> FindBreaks(string text)
    {
        var breaks = new List<int>();
        for (var at = text.Length - 2; at > 0; at--)
        {
            if (text[at] == ' ' && !char.IsWhiteSpace(text[at - 1]) && !char.IsWhiteSpace(text[at + 1]))
            {
                breaks.Add(at);
            }
        }

        return breaks;
    }

    private FullName? SplitInTwo(string text, List<int> breaks)
    {
        foreach (var at in breaks)
        {
            if (at <= firstLength && text.Length - at - 1 <= lastLength)
            {
                return new FullName(text[..at], null, text[(at + 1)..]);
            }
        }

        return null;
    }

    private FullName? SplitInThree(string text, List<int> breaks)
    {
        if (middleLength is not { } greatest)
        {
            return null;
        }

        foreach (var end in breaks.Where(end => text.Length - end - 1 <= lastLength))
        {
            foreach (var start in breaks)
            {
                if (start < end && start <= firstLength && end - start - 1 <= greatest)
                {
                    return new FullName(text[..start], text[(start + 1)..end], text[(end + 1)..]);
                }
            }
        }

        return null;
    }

    // As many whole words as fit, but never all of them: the last name is never empty.
    private static string? TakeWords(ref string rest, int length)
    {
        var end = rest.LastIndexOf(' ', Math.Min(length, rest.Length - 1));
        if (end <= 0)
        {
            return null;
        }

        var words = rest[..end].TrimEnd();
        rest = rest[(end + 1)..].TrimStart();
        return words;
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].TrimEnd();

    private FullName? Whole(string text) => text.Length <= lastLength ? new FullName(null, null, text) : null;
}
