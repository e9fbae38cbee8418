namespace Dataverse.Sync.Execution;

/// <summary>Turns the value of one side's field into the other side's: by conversion, or through couplings for a reference.</summary>
internal sealed class FieldTranslator(IReferenceTranslator references)
{
    public Translation Translate(CompiledField field, FieldValue value, SyncSide target)
    {
        if (field.Mapping.Lookup is { } lookup)
        {
            var translation = references.Translate(field, value, target);
            return !translation.IsTranslated && lookup.ClearsWhenNotCoupled ? Translation.To(FieldValue.Blank) : translation;
        }

        try
        {
            return Translation.To(field.Convert(value, target));
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException or OverflowException)
        {
            return Translation.Failed(new SyncError(
                SyncErrorCodes.ValueNotConvertible,
                $"The value of field mapping '{field.Mapping.Key}' has no counterpart on the {target.Word()} side.",
                field.Mapping.Key.Value));
        }
    }

    /// <summary>Whether two values mean the same, seen from a side that the field reaches; what cannot be translated does not.</summary>
    public bool Agree(CompiledField field, FieldValue local, FieldValue integration) =>
        (local.IsBlank && integration.IsBlank)
        || (field.Reaches(SyncSide.Integration) && Translate(field, local, SyncSide.Integration) is { IsTranslated: true } sent && ValueConversion.AreEquivalent(sent.Value, integration))
        || (field.Reaches(SyncSide.Local) && Translate(field, integration, SyncSide.Local) is { IsTranslated: true } fetched && ValueConversion.AreEquivalent(fetched.Value, local));
}
