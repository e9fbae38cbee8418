namespace Dataverse.Sync;

/// <summary>Writes each word of a text with a capital first letter. Business Central: Title Case.</summary>
/// <remarks>A word that is in capital letters throughout counts as an acronym and stays as it is.</remarks>
public sealed record TitleCaseRule : CultureRule
{
    /// <inheritdoc/>
    public override string Name => "TitleCase";

    /// <inheritdoc/>
    public override TransformationLoss Loss => TransformationLoss.Form;

    /// <inheritdoc/>
    public override FieldValue Apply(FieldValue value) =>
        value.IsBlank ? value : FieldValue.Text(Casing.ToTitleCase(value.ToString(), Culture));
}
