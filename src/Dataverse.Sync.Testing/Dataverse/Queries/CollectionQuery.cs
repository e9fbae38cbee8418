using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads of collections: pages, counts, and collections behind a row.</summary>
internal sealed class CollectionQuery(DataverseEmulatorOptions options, QueryEvaluation evaluation, PageEnds pageEnds)
{
    private const int MaxCount = 5000;

    public EmulatorResponse Read(
        ApiRequest request, DataverseTableSchema table, Func<DatabaseState, IEnumerable<DataverseRow>> source)
    {
        var state = request.Session.State;
        var query = QueryEvaluation.Parse(state.Schema, table, request.Options);
        var cookie = request.Options.TryGetValue("$skiptoken", out var token) ? PagingCookie.Decode(token) : null;
        var matching = evaluation.Filter(source(state), query, state).ToArray();
        var page = Page(matching, query, state, request.Prefer, cookie);

        var response = DataverseResponses.Json(200, writer =>
        {
            writer.WriteString(
                "@odata.context", $"{request.Root}$metadata#{table.SetName}{RowSerializer.ContextList(query)}");
            WriteCount(writer, query, request.Prefer, matching.Length);
            writer.WriteStartArray("value");
            var serializer = new RowSerializer(state, request.Prefer.Annotations, request.Root, evaluation);
            foreach (var row in page.Rows)
            {
                serializer.WriteRow(writer, row, query);
            }

            writer.WriteEndArray();
            if (page.HasMore)
            {
                writer.WriteString("@odata.nextLink", NextLink(request, page.Rows[^1], cookie?.Page ?? 1));
            }
        });
        return request.Prefer.Applied(response);
    }

    public EmulatorResponse Count(
        ApiRequest request, DataverseTableSchema table, Func<DatabaseState, IEnumerable<DataverseRow>> source)
    {
        var state = request.Session.State;
        var query = QueryEvaluation.Parse(state.Schema, table, request.Options);
        return CountText(evaluation.Filter(source(state), query, state).Count());
    }

    /// <summary>A count as the service sends it: plain text after a byte order mark, limited to a maximum.</summary>
    public static EmulatorResponse CountText(int count) =>
        DataverseResponses.Text("text/plain", $"\uFEFF{Math.Min(count, MaxCount)}");

    public int PageSize(Preferences preferences) =>
        Math.Min(preferences.MaxPageSize ?? options.MaxPageSize, options.MaxPageSize);

    private (DataverseRow[] Rows, bool HasMore) Page(
        DataverseRow[] matching, ODataQuery query, DatabaseState state, Preferences preferences, PagingCookie? cookie)
    {
        var order = QueryEvaluation.Order(query, state);
        IEnumerable<DataverseRow> rest = matching;
        if (cookie is not null)
        {
            var last = pageEnds.Find(cookie.Position);
            rest = matching.Where(row => order.Compare(row, last) > 0);
        }

        // The service ignores $top if the preference sets a page size.
        if (query.Top is { } top && preferences.MaxPageSize is null)
        {
            return ([.. rest.Order(order).Take(Math.Min(top, options.MaxPageSize))], false);
        }

        var size = PageSize(preferences);
        DataverseRow[] rows = [.. rest.Order(order).Take(size + 1)];
        return rows.Length > size ? (rows[..size], true) : (rows, false);
    }

    private static void WriteCount(Utf8JsonWriter writer, ODataQuery query, Preferences preferences, int count)
    {
        if (query.Count)
        {
            writer.WriteNumber("@odata.count", Math.Min(count, MaxCount));
        }

        if (preferences.Annotations.Includes(AnnotationFilter.TotalRecordCount))
        {
            writer.WriteNumber($"@{AnnotationFilter.TotalRecordCount}", query.Count ? Math.Min(count, MaxCount) : -1);
        }

        if (preferences.Annotations.Includes(AnnotationFilter.LimitExceeded))
        {
            writer.WriteBoolean($"@{AnnotationFilter.LimitExceeded}", query.Count && count > MaxCount);
        }
    }

    private string NextLink(ApiRequest request, DataverseRow last, int page)
    {
        var cookie = new PagingCookie(page + 1, pageEnds.Remember(last), IsTracking: false);
        return $"{request.Root}{request.Resource}?{request.QueryWithout("$skiptoken")}$skiptoken={cookie.Encode()}";
    }
}
