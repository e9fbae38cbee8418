using System.Text.Json;
using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Decides by path and verb which row or collection a request is about.</summary>
internal sealed class PathEndpoint(RowEndpoint rows, CollectionQuery collections, DeltaQuery deltas, DataverseWriteRules rules)
{
    public EmulatorResponse Handle(ApiRequest request)
    {
        var schema = request.Store.Schema;
        var path = ResourcePath.Parse(schema, request.Resource);
        if (path is not [EntitySetSegment set, .. var rest])
            throw DataverseErrors.UnknownSegment(request.Resource);
        var table = ResourcePath.Table(schema, set);
        if (request.Method == "GET")
            rules.CheckPrivilege(table.LogicalName, DataversePrivilege.Read, request.Session.Caller);
        else if (table.Definition.IsVirtual)
            throw DataverseErrors.MethodNotAllowed(request.Method);

        return rest switch
        {
            [] => Collection(request, table),
            [CountSegment] when request.Method == "GET" => DeltaQuery.IsAsked(request)
                ? deltas.Count(request, table)
                : collections.Count(request, table, state => state[table.LogicalName].Rows.Values),
            [KeySegment key] => Row(request, ResourcePath.Address(table, key)),
            [KeySegment key, .. var tail] => Below(request, ResourcePath.Address(table, key), tail),
            _ => throw DataverseErrors.BadQuery("The URL is not supported."),
        };
    }

    private EmulatorResponse Collection(ApiRequest request, DataverseTableSchema table) => request.Method switch
    {
        "GET" when DeltaQuery.IsAsked(request) => deltas.Read(request, table),
        "GET" => collections.Read(request, table, state => state[table.LogicalName].Rows.Values),
        "POST" => rows.Create(request, table),
        _ => throw DataverseErrors.MethodNotAllowed(request.Method),
    };

    private EmulatorResponse Row(ApiRequest request, RowAddress address) => request.Method switch
    {
        "GET" => rows.Retrieve(request, address),
        "PATCH" => rows.Upsert(request, address),
        "DELETE" => rows.Delete(request, address),
        _ => throw DataverseErrors.MethodNotAllowed(request.Method),
    };

    private EmulatorResponse Below(ApiRequest request, RowAddress address, ODataPathSegment[] tail) => tail switch
    {
        [PropertySegment property, .. var rest] => Property(request, address, property.Property.Name, isRaw: rest is [ValueSegment]),
        [NavigationPropertySegment navigation, .. var rest] => Related(request, address, navigation.NavigationProperty.Name, rest),
        [NavigationPropertyLinkSegment link, .. var rest] => Link(request, address, link.NavigationProperty.Name, rest),
        _ => throw DataverseErrors.BadQuery("The URL is not supported."),
    };

    private EmulatorResponse Property(ApiRequest request, RowAddress address, string property, bool isRaw)
    {
        if (!address.Table.TryGetByProperty(property, out var column) || column.Name == address.Table.Key)
            throw DataverseErrors.BadQuery($"The property '{property}' cannot be addressed.");
        return request.Method switch
        {
            "GET" => PropertyValue(request, address, column, isRaw),
            "PUT" when !column.IsLookup => rows.SetColumn(request, address, _ => (column.Name, SingleValue(request, column))),
            "DELETE" when !column.IsLookup => rows.SetColumn(request, address, _ => (column.Name, null)),
            _ => throw DataverseErrors.MethodNotAllowed(request.Method),
        };
    }

    private static EmulatorResponse PropertyValue(ApiRequest request, RowAddress address, DataverseColumn column, bool isRaw)
    {
        var row = address.Get(request.Session.State);
        if (row[column.Name] is not { } value)
            return DataverseResponses.Empty();
        if (isRaw)
        {
            var text = JsonDocument.Parse(DataverseResponses.Json(200, json => WriteNamed(json, "value", column, value)).Body).RootElement.GetProperty("value");
            return DataverseResponses.Text("text/plain", text.ToString());
        }

        return DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", $"{request.Root}$metadata#{address.Table.SetName}({row.Id})/{column.PropertyName}");
            WriteNamed(json, "value", column, value);
        });
    }

    private static void WriteNamed(Utf8JsonWriter json, string name, DataverseColumn column, object value)
    {
        json.WritePropertyName(name);
        RowSerializer.WriteValue(json, column, value);
    }

    private static object? SingleValue(ApiRequest request, DataverseColumn column) =>
        request.JsonBody().TryGetProperty("value", out var value)
            ? JsonValueReader.Read(column, value)
            : throw DataverseErrors.BadPayload("The body has no member 'value'.");

    private EmulatorResponse Related(ApiRequest request, RowAddress address, string navigation, ODataPathSegment[] rest)
    {
        var state = request.Session.State;
        var row = address.Get(state);
        var accessor = new RowAccessor(state);
        if (address.Table.TryGetNavigation(navigation, out _))
        {
            if (request.Method != "GET" || rest is not [])
                throw DataverseErrors.MethodNotAllowed(request.Method);
            return accessor.Related(row, navigation) is { } related
                ? rows.Body(request, 200, state.Schema[related.Table], related, withExpand: true)
                : DataverseResponses.Empty();
        }

        var collection = state.Schema.CollectionsOf(address.Table.LogicalName).Single(candidate => candidate.Name == navigation);
        var table = state.Schema[collection.Table];
        IEnumerable<DataverseRow> Source(DatabaseState _) => accessor.RelatedRows(row, navigation);
        return (request.Method, rest) switch
        {
            ("GET", []) => collections.Read(request, table, Source),
            ("GET", [CountSegment]) => collections.Count(request, table, Source),
            ("POST", []) => rows.Create(request, table, change => change.With(collection.Column.Name, new DataverseReference(row.Table, row.Id))),
            _ => throw DataverseErrors.MethodNotAllowed(request.Method),
        };
    }

    private EmulatorResponse Link(ApiRequest request, RowAddress address, string navigation, ODataPathSegment[] rest)
    {
        if (address.Table.TryGetNavigation(navigation, out var lookup))
        {
            return request.Method switch
            {
                "GET" => Reference(request, address, navigation),
                "PUT" => rows.SetColumn(request, address, state => (lookup.Column.Name, LinkedRow(request, state))),
                "DELETE" => rows.SetColumn(request, address, _ => (lookup.Column.Name, null)),
                _ => throw DataverseErrors.MethodNotAllowed(request.Method),
            };
        }

        var state = request.Session.State;
        var collection = state.Schema.CollectionsOf(address.Table.LogicalName).Single(candidate => candidate.Name == navigation);
        return request.Method switch
        {
            "POST" => LinkChild(request, rows.References(request, state).Address(LinkUrl(request)), collection, () => address.Get(state)),
            "DELETE" => LinkChild(request, UnlinkedChild(request, state, collection, rest), collection, null),
            _ => throw DataverseErrors.MethodNotAllowed(request.Method),
        };
    }

    private EmulatorResponse LinkChild(ApiRequest request, RowAddress child, DataverseCollection collection, Func<DataverseRow>? parent)
    {
        var reference = parent?.Invoke() is { } row ? new DataverseReference(row.Table, row.Id) : null;
        return rows.SetColumn(request with { Headers = new Dictionary<string, string>() }, child, _ => (collection.Column.Name, reference));
    }

    private RowAddress UnlinkedChild(ApiRequest request, DatabaseState state, DataverseCollection collection, ODataPathSegment[] rest)
    {
        if (rest is [KeySegment key])
            return ResourcePath.Address(state.Schema[collection.Table], key);
        return request.Options.TryGetValue("$id", out var url)
            ? rows.References(request, state).Address(url)
            : throw DataverseErrors.BadQuery("The link to remove is not named.");
    }

    private static EmulatorResponse Reference(ApiRequest request, RowAddress address, string navigation)
    {
        var state = request.Session.State;
        return new RowAccessor(state).Related(address.Get(state), navigation) is { } related
            ? DataverseResponses.Json(200, json =>
            {
                json.WriteString("@odata.context", $"{request.Root}$metadata#$ref");
                json.WriteString("@odata.id", $"{request.Root}{state.Schema[related.Table].SetName}({related.Id})");
            })
            : DataverseResponses.Empty();
    }

    private DataverseReference LinkedRow(ApiRequest request, DatabaseState state) => rows.References(request, state).Resolve(LinkUrl(request));

    private static string LinkUrl(ApiRequest request) =>
        request.JsonBody().TryGetProperty("@odata.id", out var url) && url.ValueKind is JsonValueKind.String
            ? url.GetString()!
            : throw DataverseErrors.BadPayload("The body has no member '@odata.id'.");
}
