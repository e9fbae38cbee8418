namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A table definition with field positions by name, after its checks.</summary>
internal sealed class PageSchema
{
    private readonly Dictionary<string, int> ordinals;

    public PageSchema(BusinessCentralTableDefinition definition)
    {
        Definition = definition;
        Fields = [.. definition.Fields];
        ordinals = Fields.Select((field, ordinal) => (field.Name, ordinal))
            .ToDictionary(pair => pair.Name, pair => pair.ordinal, StringComparer.Ordinal);
        IdField = Fields.SingleOrDefault(field => field.Source == BusinessCentralFieldSource.SystemId)
            ?? throw new ArgumentException(
                $"The table '{definition.EntitySetName}' needs exactly one property with the source SystemId.",
                nameof(definition));
        KeyOrdinals = definition.Key.Count == 0 ? [ordinals[IdField.Name]] : [.. definition.Key.Select(Ordinal)];
    }

    public BusinessCentralTableDefinition Definition { get; }

    public IReadOnlyList<BusinessCentralField> Fields { get; }

    public IReadOnlyList<int> KeyOrdinals { get; }

    public BusinessCentralField IdField { get; }

    /// <summary>
    /// The name that is unique among all routes: the entity set, with the route as prefix for a custom API.
    /// </summary>
    public string Name => Definition.Route is null ? Set : $"{Definition.Route}/{Set}";

    /// <summary>The URL segment; unique within the route.</summary>
    public string Set => Definition.EntitySetName;

    public string Caption => Definition.Caption;

    /// <summary>
    /// The field for numbers and renames, or <see langword="null"/> if the key is the id or has several fields.
    /// </summary>
    public BusinessCentralField? NumberField =>
        KeyOrdinals.Count == 1 && Fields[KeyOrdinals[0]] is { Source: BusinessCentralFieldSource.Stored } number
            ? number
            : null;

    /// <summary>Path below <c>api/</c> at which the table is served.</summary>
    public string Route => Definition.Route?.ToString() ?? PageNames.Route;

    public int Ordinal(string field) => ordinals.TryGetValue(field, out var ordinal)
        ? ordinal
        : throw new ArgumentException($"The table '{Name}' has no property '{field}'.", nameof(field));

    public bool TryField(string name, out BusinessCentralField field)
    {
        var found = ordinals.TryGetValue(name, out var ordinal);
        field = found ? Fields[ordinal] : IdField;
        return found;
    }

    /// <summary>The values of a row without input.</summary>
    public object[] Blank() => [.. Fields.Select(FieldValues.Blank)];
}
