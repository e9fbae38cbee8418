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
        JsonProperty property, RowDraft draft, Transaction transaction)
    {
        var (definition, options) = (draft.Schema.Definition, transaction.Options);
        if (!draft.Schema.TryField(property.Name, out var field))
        {
            CheckNavigation(property, draft, transaction.Catalog);
            return null;
        }

        if (field is { IsWritable: true, Type: BusinessCentralFieldType.Stream })
        {
            throw Errors.BadRequest($"The property '{field.Name}' is a stream and must be written at its own address.");
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

    /// <summary>Whether a body may contain the related records, which are inserted after the record itself.</summary>
    public static bool IsPart(TableNavigation navigation, TableCatalog catalog) =>
        navigation.IsCollection && catalog[navigation.Target].Definition is { IsPart: true, AllowsInsert: true };

    // Only a new record may come with its parts.
    private static void CheckNavigation(JsonProperty property, RowDraft draft, TableCatalog catalog)
    {
        var definition = draft.Schema.Definition;
        var navigation = definition.Navigations.FirstOrDefault(candidate => candidate.Name == property.Name)
            ?? throw Errors.UnknownProperty(property.Name, definition.EntityName);
        if (!catalog[navigation.Target].Definition.IsServed)
        {
            throw Errors.NotServed(property.Name);
        }

        if (draft.Before is not null || !IsPart(navigation, catalog))
        {
            throw Errors.InvalidOperation(
                $"The related entities '{property.Name}' cannot be written together with their parent.");
        }

        if (property.Value.ValueKind != JsonValueKind.Array)
        {
            throw Errors.CannotConvert(
                property.Name, $"Collection({EdmTypes.Namespace}.{catalog[navigation.Target].Definition.EntityName})");
        }
    }

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
