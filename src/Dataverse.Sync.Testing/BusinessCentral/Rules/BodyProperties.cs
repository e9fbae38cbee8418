using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Decides which properties of a request body are accepted, which are refused, and how <see langword="null"/> is
/// interpreted.
/// </summary>
internal static class BodyProperties
{
    /// <summary>The field to set, or <see langword="null"/> if the property is ignored.</summary>
    public static BusinessCentralField? Accept(
        JsonProperty property, RowDraft draft, BusinessCentralEmulatorOptions options)
    {
        var definition = draft.Schema.Definition;
        if (!draft.Schema.TryField(property.Name, out var field))
        {
            throw Unknown(property.Name, definition);
        }

        if (field.IsWritable)
        {
            return property.Value.ValueKind == JsonValueKind.Null && IsIgnoredNull(field, draft, options)
                ? null
                : field;
        }

        if (draft.Before is null && field.Source == BusinessCentralFieldSource.SystemId)
        {
            return ClientId(field, definition.KeepsClientIds ? BusinessCentralClientIds.Keep : options.ClientIds);
        }

        return !options.RefusesUnchangedReadOnlyValues && IsUnchanged(property.Value, field, draft)
            ? null
            : throw Errors.ReadOnly(field.Name);
    }

    public static object Read(
        JsonElement value, BusinessCentralField field, RowDraft draft, BusinessCentralEmulatorOptions options)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return FieldValues.Blank(field);
        }

        return options.AcceptsPlainBlankEnum && IsPlainBlank(value, field)
            ? EnumNames.Blank
            : StoredValues.Of(FieldValues.Read(value, field), field, options);
    }

    private static bool IsPlainBlank(JsonElement value, BusinessCentralField field) =>
        field.Type == BusinessCentralFieldType.Enum
        && value.ValueKind == JsonValueKind.String
        && string.IsNullOrWhiteSpace(value.GetString())
        && field.Members.Contains(EnumNames.Blank);

    private static BusinessCentralException Unknown(string name, BusinessCentralTableDefinition definition) =>
        definition.Navigations.Any(navigation => navigation.Name == name)
            ? Errors.InvalidOperation($"The related entities '{name}' cannot be written together with their parent.")
            : Errors.UnknownProperty(name, definition.EntityName);

    private static bool IsIgnoredNull(
        BusinessCentralField field, RowDraft draft, BusinessCentralEmulatorOptions options) =>
        field == draft.Schema.NumberField || options.NullValues == BusinessCentralNullValues.Refuse
            ? throw Errors.Required(field.Name)
            : options.NullValues == BusinessCentralNullValues.Ignore;

    private static BusinessCentralField? ClientId(BusinessCentralField field, BusinessCentralClientIds policy) =>
        policy switch
        {
            BusinessCentralClientIds.Keep => field,
            BusinessCentralClientIds.Ignore => null,
            _ => throw Errors.ReadOnly(field.Name),
        };

    private static bool IsUnchanged(JsonElement value, BusinessCentralField field, RowDraft draft) =>
        draft.Before is { } before && value.ValueKind != JsonValueKind.Null
        && FieldValues.Read(value, field).Equals(before[draft.Schema.Ordinal(field.Name)]);
}
