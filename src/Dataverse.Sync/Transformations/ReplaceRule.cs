namespace Dataverse.Sync;

/// <summary>Replaces every occurrence of a text. Business Central: Replace.</summary>
public sealed record ReplaceRule : TextRule
{
    /// <summary>The text to replace. Letter case matters.</summary>
    public required string Find { get; init; }

    /// <summary>The text to put in its place.</summary>
    /// <value>The default is the empty text.</value>
    public string Replacement { get; init; } = string.Empty;

    /// <inheritdoc/>
    public override string Name => "Replace";

    /// <inheritdoc/>
    public override TransformationLoss Loss => TransformationLoss.Content;

    /// <inheritdoc/>
    public override IEnumerable<string> FindProblems() =>
        string.IsNullOrEmpty(Find) ? ["it names no text to replace"] : [];

    private protected override string ApplyToText(string text) =>
        string.IsNullOrEmpty(Find) ? text : text.Replace(Find, Replacement, StringComparison.Ordinal);
}
