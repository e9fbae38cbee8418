using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Selects the row or collection of a request by its path and verb.</summary>
internal sealed class PathEndpoint(
    RowEndpoint rows, CollectionQuery collections, DeltaQuery deltas, DataverseWriteRules rules)
{
    private readonly PropertyEndpoint properties = new(rows);
    private readonly LinkEndpoint links = new(rows, collections);

    public EmulatorResponse Handle(ApiRequest request)
    {
        var schema = request.Store.Schema;
        var path = ResourcePath.Parse(schema, request.Resource);
        if (path is not [EntitySetSegment set, .. var rest])
        {
            throw DataverseErrors.UnknownSegment(request.Resource);
        }

        var table = ResourcePath.Table(schema, set);
        if (request.Method == "GET")
        {
            rules.CheckPrivilege(table.LogicalName, DataversePrivilege.Read, request.Session.Caller);
        }
        else if (table.Definition.IsVirtual)
        {
            throw DataverseErrors.MethodNotAllowed(request.Method);
        }

        return rest switch
        {
            [] => Collection(request, table),
            [CountSegment] when request.Method == "GET" => Count(request, table),
            [ReferenceSegment] when request.Method == "GET" =>
                collections.ReadReferences(request, table, state => state[table.LogicalName].All),
            [KeySegment key] => Row(request, ResourcePath.Address(table, key)),
            [KeySegment key, ReferenceSegment] when request.Method == "GET" =>
                LinkEndpoint.Address(request, ResourcePath.Address(table, key).Get(request.Session.State)),
            [KeySegment key, .. var tail] => Below(request, ResourcePath.Address(table, key), tail),
            _ => throw DataverseErrors.BadQuery("The URL is not supported."),
        };
    }

    private EmulatorResponse Count(ApiRequest request, DataverseTableSchema table)
    {
        OptionRules.Count(request);
        return DeltaQuery.IsAsked(request)
            ? deltas.Count(request, table)
            : collections.Count(request, table, state => state[table.LogicalName].All);
    }

    private EmulatorResponse Collection(ApiRequest request, DataverseTableSchema table) => request.Method switch
    {
        "GET" when DeltaQuery.IsAsked(request) => deltas.Read(request, table),
        "GET" => collections.Read(request, table, state => state[table.LogicalName].All),
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
        [PropertySegment property, .. var rest] =>
            properties.Handle(request, address, property.Property.Name, isRaw: rest is [ValueSegment]),
        [NavigationPropertySegment navigation, .. var rest] =>
            Related(request, address, navigation.NavigationProperty.Name, rest),
        [NavigationPropertyLinkSegment link, .. var rest] =>
            links.Handle(request, address, link.NavigationProperty.Name, rest),
        _ => throw DataverseErrors.BadQuery("The URL is not supported."),
    };

    private EmulatorResponse Related(ApiRequest request, RowAddress address, string navigation, ODataPathSegment[] rest)
    {
        var state = request.Session.State;
        var row = address.Get(state);
        var accessor = new RowAccessor(state);
        if (address.Table.TryGetNavigation(navigation, out _))
        {
            if (request.Method != "GET" || rest is not [])
            {
                throw DataverseErrors.MethodNotAllowed(request.Method);
            }

            OptionRules.Row(request);

            return accessor.Related(row, navigation) is { } related
                ? rows.Body(request, 200, state.Schema[related.Table], related, withExpand: true)
                : DataverseResponses.Empty();
        }

        var collection = state.Schema.CollectionsOf(address.Table.LogicalName)
            .Single(candidate => candidate.Name == navigation);
        var table = state.Schema[collection.Table];
        IEnumerable<DataverseRow> Source(DatabaseState _) => accessor.RelatedRows(row, navigation);
        return (request.Method, rest) switch
        {
            ("GET", []) => collections.Read(request, table, Source),
            ("GET", [CountSegment]) => collections.Count(request, table, Source),
            ("POST", []) => rows.Create(
                request, table,
                change => change.With(collection.Column.Name, new DataverseReference(row.Table, row.Id))),
            _ => throw DataverseErrors.MethodNotAllowed(request.Method),
        };
    }
}
