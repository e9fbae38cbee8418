using System.Globalization;
using System.Text;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Stores any text exactly, although PostgreSQL has no text with a zero character or half a surrogate pair.</summary>
/// <remarks>
/// Both are written as a backslash and four hexadecimal digits, and a backslash as two. Almost no text has any of them, so
/// that people can read the tables.
/// </remarks>
internal static class StoredText
{
    public static string Write(string text)
    {
        if (!NeedsEscape(text))
        {
            return text;
        }

        var stored = new StringBuilder(text.Length + 8);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsSurrogatePair(text, index))
            {
                _ = stored.Append(character).Append(text[++index]);
            }
            else if (character == '\\')
            {
                _ = stored.Append(@"\\");
            }
            else if (character == '\0' || char.IsSurrogate(character))
            {
                _ = stored.Append(CultureInfo.InvariantCulture, $"\\{(int)character:x4}");
            }
            else
            {
                _ = stored.Append(character);
            }
        }

        return stored.ToString();
    }

    /// <exception cref="FormatException">The text was not written by <see cref="Write"/>.</exception>
    public static string Read(string stored)
    {
        if (!stored.Contains('\\', StringComparison.Ordinal))
        {
            return stored;
        }

        var text = new StringBuilder(stored.Length);
        for (var index = 0; index < stored.Length; index++)
        {
            if (stored[index] != '\\')
            {
                _ = text.Append(stored[index]);
            }
            else if (index + 1 < stored.Length && stored[index + 1] == '\\')
            {
                _ = text.Append(stored[++index]);
            }
            else
            {
                _ = text.Append(ReadCode(stored, index + 1));
                index += 4;
            }
        }

        return text.ToString();
    }

    private static bool NeedsEscape(string text)
    {
        foreach (var character in text)
        {
            if (character is '\\' or '\0' || char.IsSurrogate(character))
            {
                return true;
            }
        }

        return false;
    }

    private static char ReadCode(string stored, int start) =>
        start + 4 <= stored.Length
        && ushort.TryParse(
            stored.AsSpan(start, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : throw new FormatException("A stored text is malformed.");
}
