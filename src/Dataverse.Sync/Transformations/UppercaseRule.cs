namespace Dataverse.Sync;

/// <summary>Writes a text in capital letters. Business Central: Uppercase.</summary>
public sealed record UppercaseRule : CultureRule
{
    /// <inheritdoc/>
    public override string Name => "Uppercase";

    /// <inheritdoc/>
    public override TransformationLoss Loss => TransformationLoss.Form;

    /// <inheritdoc/>
    public override FieldValue Apply(FieldValue value) =>
        value.IsBlank ? value : FieldValue.Text(Casing.ToUpper(value.ToString(), Culture));
}
