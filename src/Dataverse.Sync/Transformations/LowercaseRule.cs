namespace Dataverse.Sync;

/// <summary>Writes a text in small letters. Business Central: Lowercase.</summary>
public sealed record LowercaseRule : CultureRule
{
    /// <inheritdoc/>
    public override string Name => "Lowercase";

    /// <inheritdoc/>
    public override TransformationLoss Loss => TransformationLoss.Form;

    /// <inheritdoc/>
    public override FieldValue Apply(FieldValue value) =>
        value.IsBlank ? value : FieldValue.Text(Casing.ToLower(value.ToString(), Culture));
}
