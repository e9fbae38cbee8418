namespace Dataverse.Sync;

/// <summary>
/// Replaces every match of a regular expression. Business Central: Regular Expression - Replace.
/// </summary>
public sealed record RegexReplaceRule : RegexRule
{
    /// <summary>The text to put in place of a match, in which <c>$1</c> stands for the first group.</summary>
    /// <value>The default is the empty text.</value>
    public string Replacement { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override string Name => "RegexReplace";

    private protected override string ApplyToText(string text) => Expression.Replace(text, Replacement);
}
