namespace Dataverse.Sync.WebApi;

/// <summary>Splits a full name into parts that the service joins to the same text again.</summary>
/// <remarks>
/// <para>Words are kept whole and in order. The last word becomes the last name and what stands before it the first name; where the
/// first name grows too long, further words move to the last name, and only where no such split fits does the middle name take some.</para>
/// <para>A text that cannot come back unchanged (a blank at an end, a word longer than a column) has no split.</para>
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

    private FullName? Whole(string text) => text.Length <= lastLength ? new FullName(null, null, text) : null;
}
