namespace Dataverse.Sync.WebApi;

/// <summary>Splits a full name into parts that the service joins to the same text again.</summary>
/// <remarks>
/// <para>Words are kept whole and in order. The last word becomes the last name and what stands before it the first name; where the
/// first name grows too long, further words move to the last name, and only where no such split fits does the middle name take some.</para>
/// <para>A text that cannot come back unchanged (a blank at an end, a word longer than a column) has no such split; it is cut where the
/// parts end, as every text that is longer than its column, and the caller is told what the service will hold.</para>
/// </remarks>
internal sealed class FullNameSplitter(int firstLength, int middleLength, int lastLength, FullNameConvention convention)
{
    public const string Field = "fullname";
    public const string FirstColumn = "firstname";
    public const string MiddleColumn = "middlename";
    public const string LastColumn = "lastname";

    /// <summary>The longest text that can have a split.</summary>
    public int MaxLength { get; } =
        firstLength + 1 + lastLength + (convention == FullNameConvention.FirstMiddleLast ? 1 + middleLength : 0);

    /// <summary>The parts of a text: those that give it back, else as much of it as fits.</summary>
    public FullName Fit(string text)
    {
        if (Split(text) is { } exact)
        {
            return exact;
        }

        var rest = text.Trim();
        var first = TakeWords(ref rest, firstLength);
        var middle = convention == FullNameConvention.FirstMiddleLast ? TakeWords(ref rest, middleLength) : null;
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
        if (convention != FullNameConvention.FirstMiddleLast)
        {
            return null;
        }

        foreach (var end in breaks.Where(end => text.Length - end - 1 <= lastLength))
        {
            foreach (var start in breaks)
            {
                if (start < end && start <= firstLength && end - start - 1 <= middleLength)
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
