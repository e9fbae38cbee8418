namespace Dataverse.Sync;

/// <summary>Removes white space from both ends of a text. Business Central: Trim.</summary>
public sealed record TrimRule : TextRule
{
    /// <inheritdoc/>
    public override string Name => "Trim";

    /// <inheritdoc/>
    public override TransformationLoss Loss => TransformationLoss.Form;

    private protected override string ApplyToText(string text) => text.Trim();
}
