using System.Text;
using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Replaces parameter aliases in the keys and parameters of a path by their values: <c>accounts(accountnumber=@p)?@p='1'</c>.
/// </summary>
internal static partial class PathAliases
{
    /// <summary>The path with the values; an alias without a value stays, and is refused as a key.</summary>
    public static string Resolve(string resource, IReadOnlyDictionary<string, string> options)
    {
        if (!resource.Contains('@', StringComparison.Ordinal) && !resource.Contains("%40", StringComparison.Ordinal))
        {
            return resource;
        }

        // Every second part stands between quotes, where an alias is a text.
        var resolved = new StringBuilder();
        var quoted = false;
        foreach (var part in Quote().Split(resource))
        {
            var isQuote = Quote().IsMatch(part);
            _ = resolved.Append(quoted || isQuote ? part : Alias().Replace(part, alias =>
                options.TryGetValue($"@{alias.Groups["name"].Value}", out var value)
                    ? Uri.EscapeDataString(value.Trim())
                    : alias.Value));
            quoted ^= isQuote;
        }

        return resolved.ToString();
    }

    [GeneratedRegex("('|%27)")]
    private static partial Regex Quote();

    [GeneratedRegex("(?<=[(=,]|%3D|%2C)(@|%40)(?<name>[A-Za-z_][A-Za-z0-9_]*)(?=[,)]|%2C)", RegexOptions.IgnoreCase)]
    private static partial Regex Alias();
}
