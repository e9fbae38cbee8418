namespace Dataverse.Sync.Execution;

/// <summary>Says why a value could not be converted, without naming the value.</summary>
internal static class ConversionErrors
{
    /// <summary>The translation of a value whose conversion failed: a failure, or a field that is left out.</summary>
    public static Translation TranslationOf(Exception failure, CompiledField field, SyncSide target)
    {
        var failed = Translation.Failed(ErrorOf(failure, field.Mapping.Key.Value, target));
        return failure is UnmappedValueException { IsLeftOut: true } ? Translation.LeavingOut(failed) : failed;
    }

    private static SyncError ErrorOf(Exception failure, string key, SyncSide target)
    {
        var reason = failure switch
        {
            UnfitValueException or UnmappedValueException => failure.Message,
            FormatException or InvalidOperationException or OverflowException =>
                $"the value cannot be represented on the {target.Word()} side.",
            _ => $"the conversion failed with {failure.GetType().Name}.",
        };
        var code = failure is UnmappedValueException { IsLeftOut: true }
            ? SyncErrorCodes.FieldLeftOut
            : SyncErrorCodes.ValueNotConvertible;
        return new(code, $"Field mapping '{key}': {reason}", key);
    }
}
