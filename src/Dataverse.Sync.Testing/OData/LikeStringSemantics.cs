using System.Text;
using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Searches the way a database column is searched: <c>%</c> is any text, <c>_</c> any character, <c>[ab]</c>,
/// <c>[a-f]</c>, <c>[^a]</c> one of (or none of) some characters. <c>[%]</c> is how a caller means the character
/// itself.
/// </summary>
internal sealed class LikeStringSemantics : StringSemantics
{
    // NonBacktracking: the pattern comes from the wire, and many '%' would otherwise be a denial of service.
    private const RegexOptions Options =
        RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    public override int Compare(string left, string right) =>
        string.Compare(left, right, StringComparison.OrdinalIgnoreCase);

    public override bool Contains(string text, string search) => IsMatch(text, "%" + search + "%");

    public override bool StartsWith(string text, string search) => IsMatch(text, search + "%");

    public override bool EndsWith(string text, string search) => IsMatch(text, "%" + search);

    /// <summary>Whether a whole text matches a pattern.</summary>
    public static bool IsMatch(string text, string pattern) =>
        ToRegex(pattern) is { } regex && Regex.IsMatch(text, regex, Options);

    /// <summary>Null when a bracket is never closed: such a pattern matches nothing.</summary>
    private static string? ToRegex(string pattern)
    {
        var regex = new StringBuilder("\\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '%':
                    regex.Append(".*");
                    break;
                case '_':
                    regex.Append('.');
                    break;
                case '[':
                    var close = pattern.IndexOf(']', i + 1);
                    if (close < 0)
                    {
                        return null;
                    }

                    AppendSet(regex, pattern.AsSpan(i + 1, close - i - 1));
                    i = close;
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.Append("\\z").ToString();
    }

    private static void AppendSet(StringBuilder regex, ReadOnlySpan<char> set)
    {
        var negated = set.StartsWith("^") && set.Length > 1;
        var members = negated ? set[1..] : set;
        if (members.IsEmpty)
        {
            regex.Append("(?:\\z.)");
            return;
        }

        regex.Append(negated ? "[^" : "[");
        for (var i = 0; i < members.Length; i++)
        {
            var isRange = members[i] == '-' && i > 0 && i < members.Length - 1 && members[i - 1] <= members[i + 1];
            regex.Append(isRange ? "-" : $"\\u{(int)members[i]:x4}");
        }

        regex.Append(']');
    }
}
