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
        catch (Exception failure) when (failure is not (SyncException or OperationCanceledException))
        {
            // A converter is user code: whatever it throws is the fault of this value, not of the run.
            return Translation.Failed(ErrorOf(failure, field.Mapping.Key.Value, target));
        }
    }

    private static SyncError ErrorOf(Exception failure, string key, SyncSide target)
    {
        var message = failure is FormatException or InvalidOperationException or OverflowException
            ? $"The value of field mapping '{key}' cannot be represented on the {target.Word()} side."
            : $"The conversion of field mapping '{key}' failed with {failure.GetType().Name}.";
        return new(SyncErrorCodes.ValueNotConvertible, message, key);
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
