namespace Dataverse.Sync;

/// <summary>Matches texts with a pattern.</summary>
/// <remarks>
/// What stands between two <c>*</c> is searched from the left, and a place that was found is never given up: a later
/// one would leave less room for the rest. So no pattern makes the time grow beyond the product of both lengths.
/// </remarks>
internal sealed class PatternMatcher
{
    private readonly List<List<PatternPart>> segments = [[]];

    public PatternMatcher(IReadOnlyList<PatternPart> parts)
    {
        foreach (var part in parts)
        {
            if (part.Kind == PatternPartKind.AnyText)
            {
                segments.Add([]);
            }
            else
            {
                segments[^1].Add(part);
            }
        }
    }

    public bool IsMatch(string text)
    {
        if (segments.Count == 1)
        {
            return MatchAt(segments[0], text, 0) == text.Length;
        }

        var place = MatchAt(segments[0], text, 0);
        for (var index = 1; index < segments.Count - 1 && place >= 0; index++)
        {
            place = Find(segments[index], text, place);
        }

        return place >= 0 && EndsWith(segments[^1], text, place);
    }

    /// <summary>Returns the end of a segment's first occurrence from a place on, or −1.</summary>
    private static int Find(List<PatternPart> segment, string text, int start)
    {
        for (var place = start; place <= text.Length; place++)
        {
            if (segment is [{ Kind: PatternPartKind.Text } first, ..])
            {
                var next = text.AsSpan(place).IndexOf(first.Text, StringComparison.OrdinalIgnoreCase);
                if (next < 0)
                {
                    return -1;
                }

                place += next;
            }

            var end = MatchAt(segment, text, place);
            if (end >= 0)
            {
                return end;
            }
        }

        return -1;
    }

    /// <summary>Whether a text ends with a segment that begins at a place or later.</summary>
    private static bool EndsWith(List<PatternPart> segment, string text, int start)
    {
        var length = segment.Sum(part => part.Kind == PatternPartKind.Text ? part.Text.Length : 1);
        var pairs = segment.Count(part => part.Kind == PatternPartKind.AnyCharacter);
        for (var place = Math.Max(start, text.Length - length - pairs); place <= text.Length - length; place++)
        {
            if (MatchAt(segment, text, place) == text.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns the end of a segment that begins at a place, or −1.</summary>
    private static int MatchAt(List<PatternPart> segment, string text, int place)
    {
        foreach (var part in segment)
        {
            if (part.Kind == PatternPartKind.Text)
            {
                if (!text.AsSpan(place).StartsWith(part.Text, StringComparison.OrdinalIgnoreCase))
                {
                    return -1;
                }

                place += part.Text.Length;
            }
            else if (place < text.Length)
            {
                place += IsPair(text, place) ? 2 : 1;
            }
            else
            {
                return -1;
            }
        }

        return place;
    }

    // A character outside the basic plane takes two places in a text, and is one to people.
    private static bool IsPair(string text, int place) =>
        place + 1 < text.Length && char.IsSurrogatePair(text[place], text[place + 1]);
}
