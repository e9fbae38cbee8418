namespace Dataverse.Sync.Execution;

/// <summary>Translates a field value for the other side: by conversion, or through couplings for a reference.</summary>
internal sealed class FieldTranslator(IReferenceTranslator references)
{
    public Translation Translate(CompiledField field, FieldValue value, SyncSide target)
    {
        if (field.Mapping.Lookup is { } lookup)
        {
            var translation = references.Translate(field, value, target);
            return !translation.IsTranslated && lookup.ClearsWhenNotCoupled
                ? Translation.To(FieldValue.Blank)
                : translation;
        }

        try
        {
            return Translation.To(field.Convert(value, target));
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException or OverflowException)
        {
            return Translation.Failed(new SyncError(
                SyncErrorCodes.ValueNotConvertible,
                $"The value of field mapping '{field.Mapping.Key}' cannot be represented on the {target.Word()} side.",
                field.Mapping.Key.Value));
        }
    }

    /// <summary>
    /// Whether two values are equivalent on a side to which the field is synchronized. A value that cannot be
    /// translated is not.
    /// </summary>
    public bool Agree(CompiledField field, FieldValue local, FieldValue integration) =>
        (local.IsBlank && integration.IsBlank)
        || Agree(field, local, integration, SyncSide.Integration)
        || Agree(field, integration, local, SyncSide.Local);

    private bool Agree(CompiledField field, FieldValue value, FieldValue existing, SyncSide target) =>
        field.Reaches(target)
        && Translate(field, value, target) is { IsTranslated: true } translation
        && ValueConversion.AreEquivalent(translation.Value, existing);
}
