namespace Dataverse.Sync.Shared;

/// <summary>What a field can hold, and therefore be searched by.</summary>
internal static class FieldLimits
{
    /// <summary>
    /// Whether a field can hold a value. A longer text finds nothing, and a service may refuse the whole query for it.
    /// </summary>
    public static bool CanHold(FieldSchema? field, FieldValue value) => value.Kind != FieldValueKind.Text
        || field?.MaxLength is not { } length
        || value.AsText().Length <= length
        || (field.IsCode && value.AsText().Trim().Length <= length);
}
