using System.Runtime.CompilerServices;
using System.Xml;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Serves the service document, the CSDL document, and <c>EntityDefinitions</c>.</summary>
internal static class MetadataEndpoint
{
    // Every request asks for a part of the same few hundred nodes, which change with the schema only.
    private static readonly ConditionalWeakTable<DataverseSchema, IReadOnlyList<MetadataNode>> Nodes = [];

    private static readonly QueryDialect Dialect = new()
    {
        Functions = new Dictionary<string, ScalarFunction>(),
        AllowIn = false,
    };

    /// <summary>Executes a metadata request; <see langword="null"/> if the resource is not metadata.</summary>
    public static EmulatorResponse? Handle(ApiRequest request)
    {
        if (request.Resource is not ("" or "$metadata")
            && !request.Resource.StartsWith("EntityDefinitions", StringComparison.Ordinal))
        {
            return null;
        }

        if (request.Method != "GET")
        {
            throw DataverseErrors.MethodNotAllowed(request.Method);
        }

        return request.Resource switch
        {
            "" => ServiceDocument(request),
            "$metadata" => Csdl(request.Store.Schema.Model),
            _ => Definitions(request),
        };
    }

    private static EmulatorResponse ServiceDocument(ApiRequest request) => DataverseResponses.Json(200, json =>
    {
        json.WriteString("@odata.context", $"{request.Root}$metadata");
        json.WriteStartArray("value");
        foreach (var set in request.Store.Schema.Model.EntityContainer.EntitySets().Select(set => set.Name)
            .Append("EntityDefinitions"))
        {
            json.WriteStartObject();
            json.WriteString("name", set);
            json.WriteString("kind", "EntitySet");
            json.WriteString("url", set);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static EmulatorResponse Csdl(IEdmModel model)
    {
        var text = new StringWriter();
        using (var xml = XmlWriter.Create(text))
        {
            if (!CsdlWriter.TryWriteCsdl(model, xml, CsdlTarget.OData, out var errors))
            {
                throw new InvalidOperationException(
                    "The model cannot be written: " + string.Join("; ", errors.Select(error => error.ErrorMessage)));
            }
        }

        // The writer names the encoding of the string it fills, but the body is UTF-8.
        return DataverseResponses.Text(
            "application/xml",
            text.ToString().Replace("encoding=\"utf-16\"", "encoding=\"utf-8\"", StringComparison.Ordinal));
    }

    private static EmulatorResponse Definitions(ApiRequest request)
    {
        var schema = request.Store.Schema;
        var found = Nodes.GetValue(
            schema, static whole => [.. whole.Tables.Select(table => MetadataBuilder.Table(whole, table))]);
        var (type, isSingle, context) =
            (MetadataShapes.Model.EntityContainer.FindEntitySet(
                "EntityDefinitions").EntityType, false, "EntityDefinitions");
        foreach (var segment in Parse(request.Resource).Skip(1))
        {
            (found, type, isSingle) = Step(segment, found, type, isSingle);
            context += "/" + segment.Identifier;
        }

        if (isSingle && found.Count == 0)
        {
            throw new DataverseErrorException(
                404, DataverseErrors.ObjectDoesNotExist, "Could not find an object with the specified name.");
        }

        var query = new ODataQueryParser(MetadataShapes.Model).Parse(type, null, request.Options);
        var filter = RowFilter<MetadataNode>.Compile(query, new MetadataAccessor(), Dialect);
        var nodes = found.Where(node => filter?.Matches(node) ?? true).ToArray();
        return Answer(request, query, type, context, nodes, isSingle);
    }

    private static EmulatorResponse Answer(
        ApiRequest request, ODataQuery query, IEdmEntityType type, string context, MetadataNode[] nodes,
        bool isSingle) => DataverseResponses.Json(200, json =>
    {
        json.WriteString(
            "@odata.context",
            $"{request.Root}$metadata#{context}{RowSerializer.ContextList(query)}{(isSingle ? "/$entity" : "")}");
        if (isSingle)
        {
            MetadataWriter.WriteMembers(json, nodes[0], query, type.Name);
            return;
        }

        json.WriteStartArray("value");
        foreach (var node in nodes)
        {
            MetadataWriter.Write(json, node, query, type.Name);
        }

        json.WriteEndArray();
    });

    private static ODataPath Parse(string resource)
    {
        try
        {
            var root = new Uri("http://service/");
            var parser = new ODataUriParser(MetadataShapes.Model, root, new Uri(root, resource))
            {
                Resolver = new AlternateKeysODataUriResolver(MetadataShapes.Model) { EnableCaseInsensitive = false },
            };
            return parser.ParsePath();
        }
        catch (ODataException exception)
        {
            throw new DataverseErrorException(
                exception is ODataUnrecognizedPathException ? 404 : 400, "0x8006088a", exception.Message);
        }
    }

    private static (IReadOnlyList<MetadataNode> Found, IEdmEntityType Type, bool IsSingle) Step(
        ODataPathSegment segment, IReadOnlyList<MetadataNode> found, IEdmEntityType type,
        bool isSingle) => segment switch
        {
            KeySegment key =>
                ([.. found.Where(
                    node => key.Keys.All(
                        pair => Equals(node.Values.GetValueOrDefault(pair.Key), pair.Value)))], type, true),
            TypeSegment cast when cast.EdmType.AsElementType() is IEdmEntityType wanted =>
                ([.. found.Where(node => node.Type == wanted.Name)], wanted, isSingle),
            NavigationPropertySegment navigation => Navigate(navigation.NavigationProperty, found),
            _ => throw DataverseErrors.BadQuery("The URL is not supported."),
        };

    private static (IReadOnlyList<MetadataNode> Found, IEdmEntityType Type, bool IsSingle) Navigate(
        IEdmNavigationProperty navigation, IReadOnlyList<MetadataNode> found)
    {
        var isSingle = navigation.TargetMultiplicity() is not EdmMultiplicity.Many;
        var next = found.SelectMany(node => isSingle
            ? node.Singles.TryGetValue(navigation.Name, out var single) ? [single] : []
            : node.Collections.GetValueOrDefault(navigation.Name) ?? []);
        return ([.. next], navigation.ToEntityType(), isSingle);
    }
}
