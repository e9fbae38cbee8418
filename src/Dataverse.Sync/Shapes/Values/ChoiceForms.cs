namespace Dataverse.Sync.Shapes;

/// <summary>In which form the options of a choice are stored.</summary>
internal static class ChoiceForms
{
    /// <summary>Whether a field is not a choice, has no known options, or has options of a kind only.</summary>
    public static bool MayHold(FieldSchema field, FieldValueKind kind) =>
        field.Type != FieldType.Choice || field.Options.All(option => option.Value.IsBlank || option.Value.Kind == kind);
}
