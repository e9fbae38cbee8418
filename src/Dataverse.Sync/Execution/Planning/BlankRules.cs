namespace Dataverse.Sync.Execution;

/// <summary>Decides which values of a field count as no value.</summary>
internal static class BlankRules
{
    /// <summary>
    /// Whether a value says nothing: a blank, white space, the blank option of a choice, or the zero of a system that
    /// cannot store a blank. False is an answer, and so is the blank of a lookup in which it stands for a record.
    /// </summary>
    public static bool SaysNothing(CompiledField field, SyncSide side, FieldValue value)
    {
        if (value.IsBlank)
        {
            return side == SyncSide.Integration || field.Mapping.Lookup?.Blank is null;
        }

        var schema = field.On(side);
        return IsWhiteSpace(value)
            || (!schema.CanBeBlank && ValueConversion.IsZero(value))
            || (schema.Type == FieldType.Choice && IsBlankOption(value, schema));
    }

    private static bool IsBlankOption(FieldValue value, FieldSchema field)
    {
        foreach (var option in field.Options)
        {
            if (option.Value == value)
            {
                return string.IsNullOrWhiteSpace(option.Label);
            }
        }

        return false;
    }

    private static bool IsWhiteSpace(FieldValue value) =>
        value.Kind == FieldValueKind.Text && string.IsNullOrWhiteSpace(value.AsText());
}
