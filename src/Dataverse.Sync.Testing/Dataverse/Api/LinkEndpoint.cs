using System.Text.Json;
using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads, sets and removes references by <c>$ref</c> URLs.</summary>
internal sealed class LinkEndpoint(RowEndpoint rows, CollectionQuery collections)
{
    public EmulatorResponse Handle(ApiRequest request, RowAddress address, string navigation, ODataPathSegment[] rest)
    {
        if (address.Table.TryGetNavigation(navigation, out var lookup))
        {
            OptionRules.None(request);
            return request.Method switch
            {
                "GET" => Reference(request, address, navigation),
                "PUT" => rows.SetColumn(request, address, state => (lookup.Column.Name, LinkedRow(request, state))),
                "DELETE" => rows.SetColumn(request, address, _ => (lookup.Column.Name, null)),
                _ => throw DataverseErrors.MethodNotAllowed(request.Method),
            };
        }

        var state = request.Session.State;
        var collection = state.Schema.CollectionsOf(address.Table.LogicalName)
            .Single(candidate => candidate.Name == navigation);
        if (request.Method == "GET" && rest is [])
        {
            return collections.ReadReferences(
                request, state.Schema[collection.Table],
                present => new RowAccessor(present).RelatedRows(address.Get(present), navigation));
        }

        OptionRules.Link(request);
        return request.Method switch
        {
            "POST" => LinkChild(
                request, rows.References(request, state).Address(LinkUrl(request)), collection,
                () => address.Get(state)),
            "DELETE" => LinkChild(request, UnlinkedChild(request, state, collection, rest), collection, null),
            _ => throw DataverseErrors.MethodNotAllowed(request.Method),
        };
    }

    private EmulatorResponse LinkChild(
        ApiRequest request, RowAddress child, DataverseCollection collection, Func<DataverseRow>? parent)
    {
        var reference = parent?.Invoke() is { } row ? new DataverseReference(row.Table, row.Id) : null;
        return rows.SetColumn(
            request with { Headers = new Dictionary<string, string>() }, child,
            _ => (collection.Column.Name, reference));
    }

    private RowAddress UnlinkedChild(
        ApiRequest request, DatabaseState state, DataverseCollection collection, ODataPathSegment[] rest)
    {
        if (rest is [KeySegment key])
        {
            return ResourcePath.Address(state.Schema[collection.Table], key);
        }

        return request.Options.TryGetValue("$id", out var url)
            ? rows.References(request, state).Address(url)
            : throw DataverseErrors.BadQuery("The link to remove is not named.");
    }

    private static EmulatorResponse Reference(ApiRequest request, RowAddress address, string navigation)
    {
        var state = request.Session.State;
        return new RowAccessor(state).Related(address.Get(state), navigation) is { } related
            ? Address(request, related)
            : DataverseResponses.Empty();
    }

    /// <summary>Answers with the address of a row instead of the row.</summary>
    public static EmulatorResponse Address(ApiRequest request, DataverseRow row)
    {
        OptionRules.None(request);
        return DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", $"{request.Root}$metadata#$ref");
            json.WriteString("@odata.id", $"{request.Root}{request.Store.Schema[row.Table].SetName}({row.Id})");
        });
    }

    private DataverseReference LinkedRow(ApiRequest request, DatabaseState state) =>
        rows.References(request, state).Resolve(LinkUrl(request));

    private static string LinkUrl(ApiRequest request) =>
        request.JsonBody().TryGetProperty("@odata.id", out var url) && url.ValueKind is JsonValueKind.String
            ? url.GetString()!
            : throw DataverseErrors.BadPayload("The body has no member '@odata.id'.");
}
