namespace Dataverse.Sync.Execution;

/// <summary>Decides which values of a field count as no value.</summary>
internal static class BlankRules
{
    /// <summary>
    /// Whether a value says nothing: a blank, the blank option of a choice, or the zero of a system that cannot store a
    /// blank. False is an answer.
    /// </summary>
    public static bool SaysNothing(FieldValue value, FieldSchema field) =>
        value.IsBlank
        || (!field.CanBeBlank && IsZero(value))
        || (field.Type == FieldType.Choice && IsBlankOption(value, field));

    private static bool IsZero(FieldValue value) =>
        value.Kind is FieldValueKind.Integer or FieldValueKind.Decimal && value.AsDecimal() == 0;

    private static bool IsBlankOption(FieldValue value, FieldSchema field)
    {
        foreach (var option in field.Options)
        {
            if (option.Value == value)
            {
                return string.IsNullOrWhiteSpace(option.Label);
            }
        }

        return value.Kind == FieldValueKind.Text && string.IsNullOrWhiteSpace(value.AsText());
    }
}
