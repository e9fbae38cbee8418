using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Dataverse.Sync;

/// <summary>The base of the rules with a regular expression of .NET.</summary>
/// <remarks>
/// The expression is evaluated without backtracking, so the time is proportional to the length of the text. One that needs
/// backtracking, such as a look-around or a back-reference, is given up after one second for a value, and the record fails.
/// </remarks>
public abstract record RegexRule : TextRule
{
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(1);

    // Apart from the records, whose equality is that of their settings.
    private static readonly ConditionalWeakTable<RegexRule, Regex> Compiled = [];

    private protected RegexRule()
    {
    }

    /// <summary>The regular expression. Business Central: Find Value.</summary>
    [StringSyntax(StringSyntaxAttribute.Regex)]
    public required string Pattern { get; init; }

    /// <summary>Whether letter case matters.</summary>
    /// <value>The default is false, as in Business Central.</value>
    public bool IsCaseSensitive { get; init; }

    /// <inheritdoc/>
    public override TransformationLoss Loss => TransformationLoss.Content;

    /// <inheritdoc/>
    public override IEnumerable<string> FindProblems()
    {
        if (string.IsNullOrEmpty(Pattern))
        {
            return ["it has no pattern"];
        }

        try
        {
            _ = Expression;
            return [];
        }
        catch (FormatException failure)
        {
            return [$"its pattern cannot be read: {failure.Message}"];
        }
    }

    private protected Regex Expression => Compiled.GetValue(this, Compile);

    private static Regex Compile(RegexRule rule)
    {
        var options = RegexOptions.CultureInvariant | (rule.IsCaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase);
        try
        {
            return new(rule.Pattern, options | RegexOptions.NonBacktracking, LongestSearch);
        }
        catch (NotSupportedException)
        {
            return new(rule.Pattern, options, LongestSearch);
        }
        catch (ArgumentException failure)
        {
            throw new FormatException(failure.Message, failure);
        }
    }
}
