using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Serves the service document, the CSDL document, and the definitions.</summary>
internal static class MetadataEndpoint
{
    /// <summary>Executes a metadata request; <see langword="null"/> if the resource is not metadata.</summary>
    public static EmulatorResponse? Handle(ApiRequest request)
    {
        if (request.Resource is not ("" or "$metadata")
            && !MetadataSets.Names.Any(name => request.Resource.StartsWith(name, StringComparison.Ordinal)))
        {
            return null;
        }

        if (request.Method != "GET")
        {
            throw DataverseErrors.MethodNotAllowed(request.Method);
        }

        switch (request.Resource)
        {
            case "":
                OptionRules.None(request);
                return ServiceDocument(request);
            case "$metadata":
                OptionRules.None(request);
                return CsdlDocument.Write(request);
            default:
                return Definitions(request);
        }
    }

    private static EmulatorResponse ServiceDocument(ApiRequest request) => DataverseResponses.Json(200, json =>
    {
        json.WriteString("@odata.context", $"{request.Root}$metadata");
        json.WriteStartArray("value");
        foreach (var set in request.Store.Schema.Model.EntityContainer.EntitySets().Select(set => set.Name)
            .Concat(MetadataSets.Names))
        {
            json.WriteStartObject();
            json.WriteString("name", set);
            json.WriteString("kind", "EntitySet");
            json.WriteString("url", set);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static EmulatorResponse Definitions(ApiRequest request)
    {
        var path = MetadataPath.Follow(request.Store.Schema, request.Resource);
        path.RequireExisting();
        CheckOptions(request, path);
        if (path.IsSingle && path.Found.Count == 0)
        {
            return DataverseResponses.Empty();
        }

        if (path.Property is not null)
        {
            return Property(request, path);
        }

        var query = new ODataQueryParser(MetadataShapes.Model).Parse(path.Type, null, request.Options);
        MetadataQuery.CheckExpansions(query);
        return Answer(request, query, path, MetadataQuery.Filter(path.Found, query));
    }

    private static void CheckOptions(ApiRequest request, MetadataPath path)
    {
        if (path.Property is not null)
        {
            OptionRules.None(request);
        }
        else if (path.IsSingle)
        {
            OptionRules.Row(request);
        }
        else
        {
            OptionRules.Definitions(request, filters: path.Set != MetadataSets.OptionSets);
        }
    }

    private static EmulatorResponse Answer(
        ApiRequest request, ODataQuery query, MetadataPath path, IReadOnlyList<MetadataNode> nodes) =>
        DataverseResponses.Json(200, json =>
        {
            json.WriteString(
                "@odata.context",
                $"{request.Root}$metadata#{path.Context}{RowSerializer.ContextList(query)}{(path.IsSingle ? "/$entity" : "")}");
            if (path.IsSingle)
            {
                MetadataWriter.WriteMembers(json, nodes[0], query, path.Type.Name);
                return;
            }

            json.WriteStartArray("value");
            foreach (var node in nodes)
            {
                MetadataWriter.Write(json, node, query, path.Type.Name);
            }

            json.WriteEndArray();
        });

    private static EmulatorResponse Property(ApiRequest request, MetadataPath path) => path.Value() is { } value
        ? DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", $"{request.Root}$metadata#{path.Context}");
            WriteValue(json, value);
        })
        : DataverseResponses.Empty();

    // The members of a structure stand beside the context; all other values have a name.
    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        if (value is JsonObject structure)
        {
            foreach (var (name, member) in structure)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, member);
            }

            return;
        }

        json.WritePropertyName("value");
        JsonSerializer.Serialize(json, value);
    }
}
