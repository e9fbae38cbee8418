using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Writes metadata objects as JSON: the selected properties, always the id, and the type if it differs from the
/// declared one.
/// </summary>
internal static class MetadataWriter
{
    public static void Write(Utf8JsonWriter json, MetadataNode node, ODataQuery query, string declaredType)
    {
        json.WriteStartObject();
        WriteMembers(json, node, query, declaredType);
        json.WriteEndObject();
    }

    public static void WriteMembers(Utf8JsonWriter json, MetadataNode node, ODataQuery query, string declaredType)
    {
        if (node.Type != declaredType)
        {
            json.WriteString("@odata.type", $"#{DataverseSchema.Namespace}.{node.Type}");
        }

        foreach (var (name, value) in node.Values)
        {
            if (name != "MetadataId" && query.Select?.Contains(name) == false)
            {
                continue;
            }

            json.WritePropertyName(name);
            if (value is JsonNode structured)
            {
                structured.WriteTo(json);
            }
            else
            {
                JsonSerializer.Serialize(json, value);
            }
        }

        foreach (var expand in query.Expand)
        {
            WriteExpanded(json, node, expand);
        }
    }

    private static void WriteExpanded(Utf8JsonWriter json, MetadataNode node, ODataExpand expand)
    {
        json.WritePropertyName(expand.Navigation);
        if (node.Collections.TryGetValue(expand.Navigation, out var many))
        {
            json.WriteStartArray();
            foreach (var item in MetadataQuery.Filter(many, expand.Query))
            {
                Write(
                    json, item, expand.Query,
                    item.Type.EndsWith("AttributeMetadata", StringComparison.Ordinal)
                        ? "AttributeMetadata"
                        : item.Type);
            }

            json.WriteEndArray();
        }
        else if (node.Singles.TryGetValue(expand.Navigation, out var single))
        {
            Write(json, single, expand.Query, single.Type);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
