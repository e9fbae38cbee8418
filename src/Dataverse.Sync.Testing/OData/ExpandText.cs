namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Finds the text of nested options in an <c>$expand</c>, for servers that repeat them in links:
/// <c>items($select=name;$filter=price gt 5)</c>.
/// </summary>
internal static class ExpandText
{
    /// <summary>The nested options of one item, by name; none if the item has none.</summary>
    public static IReadOnlyDictionary<string, string> OptionsOf(string expand, string navigation)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var item = Split(expand, ',').Select(text => text.Trim())
            .FirstOrDefault(text => text.StartsWith(navigation + "(", StringComparison.Ordinal) && text.EndsWith(')'));
        if (item is null)
        {
            return options;
        }

        foreach (var option in Split(item[(navigation.Length + 1)..^1], ';'))
        {
            var at = option.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                options[option[..at].Trim()] = option[(at + 1)..];
            }
        }

        return options;
    }

    private static IEnumerable<string> Split(string text, char separator)
    {
        var (start, depth, quoted) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '\'';
            depth += quoted ? 0 : text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] == separator && depth == 0 && !quoted)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }
}
