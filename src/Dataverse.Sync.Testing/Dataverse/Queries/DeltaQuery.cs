using System.Globalization;
using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Change tracking. The first query gives every row in order of the key; the following ones give what changed since a
/// token, new and updated rows in order of version, then deletions. The next token is always the version at the first
/// page, so that what changes while a client turns pages comes again rather than not at all.
/// </summary>
internal sealed class DeltaQuery(QueryEvaluation evaluation, CollectionQuery collections, DeltaTokenExpiry expiry)
{
    private static readonly string[] Refused = ["$filter", "$orderby", "$expand", "$top"];

    public static bool IsAsked(ApiRequest request) =>
        request.Options.ContainsKey("$deltatoken") || request.Prefer.TrackChanges
        || (request.Options.TryGetValue("$skiptoken", out var token)
            && token.Contains("istracking=\"True\"", StringComparison.Ordinal));

    public EmulatorResponse Read(ApiRequest request, DataverseTableSchema table)
    {
        var query = Parse(request, table);
        var (stored, version) = request.Store.Snapshot();
        var state = request.Session.Security.View(stored, request.Session.Caller);
        var position = Position(request, state, table, version);
        var pending = Pending(state[table.LogicalName], position).Take(collections.PageSize(request.Prefer) + 1)
            .ToArray();
        var page = pending[..Math.Min(pending.Length, collections.PageSize(request.Prefer))];

        var response = DataverseResponses.Json(200, writer =>
        {
            writer.WriteString(
                "@odata.context", $"{request.Root}$metadata#{table.SetName}{RowSerializer.ContextList(query)}/$delta");
            writer.WriteStartArray("value");
            var serializer = new RowSerializer(state, request.Prefer.Annotations, request.Root, evaluation);
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
        var (state, version) = request.Store.Snapshot();
        return CollectionQuery.CountText(
            Pending(state[table.LogicalName], Position(request, state, table, version)).Count());
    }

    private static ODataQuery Parse(ApiRequest request, DataverseTableSchema table)
    {
        if (!table.Definition.ChangeTracking)
        {
            throw new DataverseErrorException(
                400, "0x80072491", $"Entity: {table.LogicalName} is not enabled for change tracking.");
        }

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

        if (!request.Options.TryGetValue("$deltatoken", out var text))
        {
            return new DeltaPosition(1, -1, version, "");
        }

        var token = DeltaToken.Decode(text);
        expiry.Check(state, table.LogicalName, token, request.Store.Now);
        return new DeltaPosition(1, token.Version, version, "");
    }

    private static IEnumerable<DeltaChange> Pending(TableState table, DeltaPosition position)
    {
        if (position.Since < 0)
        {
            return table.All.Select(row => new DeltaChange(row, null))
                .Where(change => string.CompareOrdinal(change.InitialOrder, position.Last) > 0)
                .OrderBy(change => change.InitialOrder, StringComparer.Ordinal);
        }

        var upserts = table.All.Where(row => row.Version > position.Since && row.Version <= position.Upper)
            .Select(row => new DeltaChange(row, null));
        var deletes = table.Tombstones.Where(
            stone => stone.Version > position.Since && stone.Version <= position.Upper
                && !table.Rows.ContainsKey(stone.Id))
            .Select(stone => new DeltaChange(null, stone));
        return upserts.Concat(deletes)
            .Where(change => string.CompareOrdinal(change.Order, position.Last) > 0)
            .OrderBy(change => change.Order, StringComparer.Ordinal);
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

    private sealed record DeltaChange(DataverseRow? Row, Tombstone? Deleted)
    {
        public string InitialOrder => Row!.Id.ToString("N");

        public string Order => string.Create(
            CultureInfo.InvariantCulture, $"{(Row is null ? 'd' : 'c')}{(Row?.Version ?? Deleted!.Version):d19}");
    }

    /// <param name="Page">Number of the page.</param>
    /// <param name="Since">Version of the token, or −1 for a first query.</param>
    /// <param name="Upper">Version at the first page.</param>
    /// <param name="Last">Order of the last change on the page before.</param>
    private sealed record DeltaPosition(int Page, long Since, long Upper, string Last)
    {
        public PagingCookie After(DeltaChange last) =>
            new(Page + 1, $"{Since}!{Upper}!{(Since < 0 ? last.InitialOrder : last.Order)}", IsTracking: true);

        public DeltaToken Next(DateTimeOffset now) => new(Upper, now);

        public static DeltaPosition Decode(PagingCookie cookie)
        {
            var parts = cookie.Position.Split('!');
            return parts.Length == 3
                && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var since)
                && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var upper)
                ? new DeltaPosition(cookie.Page, since, upper, parts[2])
                : throw DataverseErrors.BadQuery("The paging cookie is malformed.");
        }
    }
}
