using System.Text.RegularExpressions;

namespace Dataverse.Sync;

/// <summary>
/// Takes the groups of every match of a regular expression, one after the other, or the first match of an expression
/// without groups. Business Central: Regular Expression - Match.
/// </summary>
/// <remarks>The result is blank if nothing matches. Of a group that is repeated within a match, the last text counts.</remarks>
public sealed record RegexMatchRule : RegexRule
{
    /// <inheritdoc/>
    public override string Name => "RegexMatch";

    private protected override string ApplyToText(string text)
    {
        var expression = Expression;
        return expression.GetGroupNumbers().Length == 1
            ? expression.Match(text).Value
            : string.Concat(expression.Matches(text).SelectMany(match => match.Groups.Values.Skip(1)).Select(TextOf));
    }

    private static string TextOf(Group group) => group.Value;
}
