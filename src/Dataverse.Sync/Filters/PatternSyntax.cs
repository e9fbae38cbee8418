using System.Text;

namespace Dataverse.Sync;

/// <summary>
/// Reads and writes patterns: <c>*</c> for any text, <c>?</c> for one character, and <c>[*]</c>, <c>[?]</c>,
/// <c>[@]</c>, and <c>[[]</c> for the characters themselves.
/// </summary>
internal static class PatternSyntax
{
    private const string Special = "*?@[";

    /// <summary>Adds the character or the wildcard at a place of a text, and returns the place after it.</summary>
    public static int Read(string text, int place, PatternParts parts)
    {
        switch (text[place])
        {
            case '*':
                parts.Add(PatternPart.AnyText);
                return place + 1;
            case '?':
                parts.Add(PatternPart.AnyCharacter);
                return place + 1;
            case '[' when IsEscape(text, place):
                parts.Add(text[place + 1]);
                return place + 3;
            default:
                parts.Add(text[place]);
                return place + 1;
        }
    }

    /// <summary>Writes the parts of a pattern so that they can be read again.</summary>
    public static string Write(IReadOnlyList<PatternPart> parts)
    {
        var written = new StringBuilder();
        for (var index = 0; index < parts.Count; index++)
        {
            _ = parts[index].Kind switch
            {
                PatternPartKind.AnyText => written.Append('*'),
                PatternPartKind.AnyCharacter => written.Append('?'),
                _ => WriteText(written, parts[index].Text, isLast: index == parts.Count - 1),
            };
        }

        return written.ToString();
    }

    private static bool IsEscape(string text, int place) => place + 2 < text.Length
        && text[place + 2] == ']'
        && Special.Contains(text[place + 1], StringComparison.Ordinal);

    private static StringBuilder WriteText(StringBuilder written, string text, bool isLast)
    {
        for (var place = 0; place < text.Length; place++)
        {
            var isAtStart = written.Length == 0;
            var mustEscape = text[place] switch
            {
                '*' or '?' => true,
                '@' => isAtStart,
                '[' => place + 1 < text.Length ? Special.Contains(text[place + 1], StringComparison.Ordinal) : !isLast,
                _ => false,
            };
            _ = mustEscape ? written.Append('[').Append(text[place]).Append(']') : written.Append(text[place]);
        }

        return written;
    }
}
