using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Change tracking. The first query gives every row in order of the key; the following ones give what changed since a
/// token, new and updated rows in order of version, then deletions. The next token is always the version at the first
/// page, so that what changes while a client turns pages comes again rather than not at all.
/// </summary>
internal sealed class DeltaQuery(QueryEvaluation evaluation, CollectionQuery collections, DeltaTokenExpiry expiry)
{
    private static readonly string[] Refused = ["$filter", "$orderby", "$expand", "$top", "$count"];

    public static bool IsAsked(ApiRequest request) =>
        request.Options.ContainsKey("$deltatoken") || request.Prefer.TrackChanges
        || (request.Options.TryGetValue("$skiptoken", out var token)
            && token.Contains("istracking=\"True\"", StringComparison.Ordinal));

    public EmulatorResponse Read(ApiRequest request, DataverseTableSchema table)
    {
        OptionRules.Collection(request);
        var query = Parse(request, table);
        var (state, version) = request.Session.Snapshot();
        var position = Position(request, state, table, version);
        var pending = position.Pending(state[table.LogicalName]).Take(collections.PageSize(request.Prefer) + 1)
            .ToArray();
        var page = pending[..Math.Min(pending.Length, collections.PageSize(request.Prefer))];

        var response = DataverseResponses.Json(200, writer =>
        {
            writer.WriteString(
                "@odata.context", $"{request.Root}$metadata#{table.SetName}{RowSerializer.ContextList(query)}/$delta");
            writer.WriteStartArray("value");
            var serializer = new RowSerializer(
                request.Scope() with { State = state }, request.Prefer.Annotations, request.Root, evaluation);
            foreach (var change in page)
            {
                Write(writer, serializer, request, table, query, change);
            }

            writer.WriteEndArray();
            var select = request.QueryOnly("$select");
            if (pending.Length > page.Length)
            {
                writer.WriteString(
                    "@odata.nextLink",
                    $"{request.Root}{table.SetName}?{select}$skiptoken={position.After(page[^1]).Encode()}");
            }
            else
            {
                writer.WriteString(
                    "@odata.deltaLink",
                    $"{request.Root}{table.SetName}?{select}$deltatoken={position.Next(request.Store.Now).Encode()}");
            }
        });
        return request.Prefer.Applied(response);
    }

    public EmulatorResponse Count(ApiRequest request, DataverseTableSchema table)
    {
        _ = Parse(request, table);
        var (state, version) = request.Session.Snapshot();
        return CollectionQuery.CountText(
            Position(request, state, table, version).Pending(state[table.LogicalName]).Count());
    }

    private static ODataQuery Parse(ApiRequest request, DataverseTableSchema table)
    {
        DeltaPosition.CheckTracked(table);
        if (Refused.FirstOrDefault(request.Options.ContainsKey) is { } option)
        {
            throw DataverseErrors.BadQuery(
                $"The \"{option}\" query parameter isn't supported when Change Tracking is enabled.");
        }

        request.Session.Security.CheckReadsAll(table.LogicalName, request.Session.Caller);
        return QueryEvaluation.Parse(request.Store.Schema, table, request.Options);
    }

    private DeltaPosition Position(ApiRequest request, DatabaseState state, DataverseTableSchema table, long version)
    {
        if (request.Options.TryGetValue("$skiptoken", out var cookie))
        {
            return DeltaPosition.Decode(PagingCookie.Decode(cookie));
        }

        var token = request.Options.GetValueOrDefault("$deltatoken");
        return DeltaPosition.First(state, table, token, version, expiry, request.Store.Now);
    }

    private static void Write(
        Utf8JsonWriter writer, RowSerializer serializer, ApiRequest request, DataverseTableSchema table,
        ODataQuery query, DeltaChange change)
    {
        if (change.Row is { } row)
        {
            serializer.WriteRow(writer, row, query);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("@odata.context", $"{request.Root}$metadata#{table.SetName}/$deletedEntity");
        writer.WriteString("id", change.Deleted!.Id);
        writer.WriteString("reason", "deleted");
        writer.WriteEndObject();
    }
}
