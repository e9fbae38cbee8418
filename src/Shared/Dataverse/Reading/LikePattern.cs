using System.Text;

namespace Dataverse.Sync.Shared;

/// <summary>Writes patterns of the service: <c>%</c> for any text, with its own characters between brackets.</summary>
internal static class LikePattern
{
    public const char AnyText = '%';

    /// <summary>
    /// A pattern that matches all that another one matches; null if that would be anything, also a blank, or if it holds a
    /// text that the service refuses.
    /// </summary>
    /// <remarks>
    /// One character becomes any text: the service counts a character outside the basic plane as one or as two, as its
    /// collation says.
    /// </remarks>
    public static string? Of(IReadOnlyList<PatternPart> parts)
    {
        if (parts.All(part => part.Kind != PatternPartKind.Text))
        {
            return null;
        }

        var pattern = new StringBuilder();
        foreach (var part in parts)
        {
            if (part.Kind == PatternPartKind.Text)
            {
                if (TextRules.Problem(part.Text) is not null)
                {
                    return null;
                }

                _ = pattern.Append(Escape(part.Text));
            }
            else if (pattern.Length == 0 || pattern[^1] != AnyText)
            {
                _ = pattern.Append(AnyText);
            }
        }

        return pattern.ToString();
    }

    /// <summary>A text in which the service's wildcards stand for themselves.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            _ = character is '%' or '_' or '['
                ? escaped.Append('[').Append(character).Append(']')
                : escaped.Append(character);
        }

        return escaped.ToString();
    }
}
