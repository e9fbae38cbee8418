using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads of collections: pages of rows or of references, counts, and collections behind a row.</summary>
internal sealed class CollectionQuery(DataverseEmulatorOptions options, QueryEvaluation evaluation, PageEnds pageEnds)
{
    private const int MaxCount = 5000;

    public EmulatorResponse Read(
        ApiRequest request, DataverseTableSchema table, Func<DatabaseState, IEnumerable<DataverseRow>> source)
    {
        OptionRules.Collection(request);
        var scope = request.Scope();
        var query = QueryEvaluation.Parse(scope.State.Schema, table, request.Options);
        var serializer = new RowSerializer(scope, request.Prefer.Annotations, request.Root, evaluation);
        return Answer(
            request, table.SetName + RowSerializer.ContextList(query), Page(request, table, query, scope, source),
            (json, row) => serializer.WriteRow(json, row, query));
    }

    /// <summary>Answers with the addresses of the rows instead of the rows.</summary>
    public EmulatorResponse ReadReferences(
        ApiRequest request, DataverseTableSchema table, Func<DatabaseState, IEnumerable<DataverseRow>> source)
    {
        OptionRules.References(request);
        var scope = request.Scope();
        var query = QueryEvaluation.Parse(scope.State.Schema, table, request.Options);
        return Answer(
            request, "Collection($ref)", Page(request, table, query, scope, source), (json, row) =>
            {
                json.WriteStartObject();
                json.WriteString("@odata.id", $"{request.Root}{table.SetName}({row.Id})");
                json.WriteEndObject();
            });
    }

    public EmulatorResponse Count(
        ApiRequest request, DataverseTableSchema table, Func<DatabaseState, IEnumerable<DataverseRow>> source)
    {
        OptionRules.Count(request);
        var scope = request.Scope();
        var query = QueryEvaluation.Parse(scope.State.Schema, table, request.Options);
        return CountText(evaluation.Filter(source(scope.State), query, scope).Count());
    }

    /// <summary>A count as the service sends it: plain text after a byte order mark, limited to a maximum.</summary>
    public static EmulatorResponse CountText(int count) =>
        DataverseResponses.Text("text/plain", $"\uFEFF{Math.Min(count, MaxCount)}");

    public int PageSize(Preferences preferences) =>
        Math.Min(preferences.MaxPageSize ?? options.MaxPageSize, options.MaxPageSize);

    private RowPage Page(
        ApiRequest request, DataverseTableSchema table, ODataQuery query, QueryScope scope,
        Func<DatabaseState, IEnumerable<DataverseRow>> source)
    {
        var cookie = request.Options.TryGetValue("$skiptoken", out var token) ? PagingCookie.Decode(token) : null;
        var matching = evaluation.Filter(source(scope.State), query, scope).ToArray();
        var order = QueryEvaluation.Order(query, scope.State);
        IEnumerable<DataverseRow> rest = matching;
        if (cookie is not null)
        {
            var last = pageEnds.Find(cookie.Position, table.LogicalName);
            rest = matching.Where(row => order.Compare(row, last) > 0);
        }

        var number = cookie?.Page ?? 1;
        var count = query.Count ? matching.Length : -1;

        // The service ignores $top if the preference sets a page size.
        if (query.Top is { } top && request.Prefer.MaxPageSize is null)
        {
            return new RowPage([.. rest.Order(order).Take(Math.Min(top, options.MaxPageSize))], false, number, count);
        }

        var size = PageSize(request.Prefer);
        DataverseRow[] rows = [.. rest.Order(order).Take(size + 1)];
        return rows.Length > size
            ? new RowPage(rows[..size], true, number, count)
            : new RowPage(rows, false, number, count);
    }

    private EmulatorResponse Answer(
        ApiRequest request, string context, RowPage page, Action<Utf8JsonWriter, DataverseRow> write) =>
        request.Prefer.Applied(DataverseResponses.Json(200, json =>
        {
            json.WriteString("@odata.context", $"{request.Root}$metadata#{context}");
            WriteCount(json, request.Prefer, page.Count);
            json.WriteStartArray("value");
            foreach (var row in page.Rows)
            {
                write(json, row);
            }

            json.WriteEndArray();
            if (page.HasMore)
            {
                json.WriteString("@odata.nextLink", NextLink(request, page));
            }
        }));

    private static void WriteCount(Utf8JsonWriter writer, Preferences preferences, int count)
    {
        if (count >= 0)
        {
            writer.WriteNumber("@odata.count", Math.Min(count, MaxCount));
        }

        if (preferences.Annotations.Includes(AnnotationFilter.TotalRecordCount))
        {
            writer.WriteNumber($"@{AnnotationFilter.TotalRecordCount}", Math.Min(count, MaxCount));
        }

        if (preferences.Annotations.Includes(AnnotationFilter.LimitExceeded))
        {
            writer.WriteBoolean($"@{AnnotationFilter.LimitExceeded}", count > MaxCount);
        }
    }

    private string NextLink(ApiRequest request, RowPage page)
    {
        var cookie = new PagingCookie(page.Number + 1, pageEnds.Remember(page.Rows[^1]), IsTracking: false);
        return $"{request.Root}{request.Resource}?{request.QueryWithout("$skiptoken")}$skiptoken={cookie.Encode()}";
    }

    /// <summary>A page of rows; <paramref name="Count"/> is that of all pages, or −1 if it was not asked for.</summary>
    private sealed record RowPage(DataverseRow[] Rows, bool HasMore, int Number, int Count);
}
