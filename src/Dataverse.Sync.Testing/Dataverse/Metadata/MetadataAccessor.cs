using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Reads metadata objects for filters: values, values inside of structures by their path, and the objects below. Other JSON
/// nodes cannot be compared.
/// </summary>
internal sealed class MetadataAccessor : IRowAccessor<MetadataNode>
{
    public object? Value(MetadataNode row, string property)
    {
        var value = property.Split('/') is [var name, var member]
            ? (row.Values.GetValueOrDefault(name) as JsonObject)?[member]
            : row.Values.GetValueOrDefault(property);
        return value switch
        {
            JsonValue scalar when scalar.TryGetValue<bool>(out var flag) => flag,
            JsonValue scalar when scalar.TryGetValue<string>(out var text) => text,
            JsonNode => null,
            _ => value,
        };
    }

    public MetadataNode? Related(MetadataNode row, string navigation) => row.Singles.GetValueOrDefault(navigation);

    public IEnumerable<MetadataNode> RelatedRows(MetadataNode row, string navigation) =>
        row.Collections.GetValueOrDefault(navigation) ?? [];
}
