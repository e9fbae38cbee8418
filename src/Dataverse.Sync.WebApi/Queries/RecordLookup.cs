using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads the records that have one of many ids or values, with few requests.</summary>
/// <remarks>
/// A query takes at most 500 conditions and an address 32,768 characters, and gateways on the way often far fewer. So the values are
/// dealt out over several queries, and those that are long or many travel as the parts of a <c>$batch</c>.
/// </remarks>
internal sealed class RecordLookup(WebApiClient client, RecordPages pages, int pageSize)
{
    private const int MaxConditions = 400;
    private const int MaxFilterLength = 24_000;
    private const int MaxDirectLength = 8_000;
    private const int MaxQueriesPerBatch = 10;

    /// <summary>Reads records by id.</summary>
    public Task<IReadOnlyList<TableRecord>> ByIdAsync(Selection selection, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Where(id => id != Guid.Empty).ToHashSet();
        var before = $"Microsoft.Dynamics.CRM.In(PropertyName='{selection.Table.KeyColumn}',PropertyValues=[";
        var filters = Deal(asked.Select(id => $"'{id:D}'"), ",").Select(list => $"{before}{list}])");
        return ReadAsync(selection, filters, new AskedRecords(asked), cancellationToken);
    }

    /// <summary>Reads the records whose column holds one of the values; values that it cannot hold are passed over.</summary>
    public async Task<IReadOnlyList<TableRecord>> ByValueAsync(Selection selection, Column column, IEnumerable<FieldValue> values, CancellationToken cancellationToken)
    {
        var fitting = values.Where(value => !value.IsBlank && LiteralOf.Fits(column, value)).ToList();
        var texts = fitting.Where(value => value.Kind == FieldValueKind.Text).Select(value => value.AsText()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var literals = column.Type == FieldType.Text
            ? texts.Select(ODataLiteral.Text)
            : fitting.Select(value => LiteralOf.Value(column, value)).Distinct();
        var filters = Deal(literals.Select(literal => $"{column.WireName} eq {literal}"), " or ");
        var found = await ReadAsync(selection, filters, asked: null, cancellationToken).ConfigureAwait(false);

        // The service's collation also takes texts for equal that differ in an accent or in blanks at the end.
        return column.Type == FieldType.Text ? [.. found.Where(record => texts.Contains(record[column.Name].AsText()))]
            : [.. found.Where(record => fitting.Exists(value => IsSame(record[column.Name], value)))];
    }

    private static bool IsSame(FieldValue stored, FieldValue wanted) => !stored.IsBlank && stored.Kind switch
    {
        FieldValueKind.Integer or FieldValueKind.Decimal => stored.AsDecimal() == wanted.AsDecimal(),
        FieldValueKind.Identifier or FieldValueKind.Reference => stored.AsIdentifier() == wanted.AsIdentifier(),
        _ => stored == wanted,
    };

    private static IEnumerable<string> Deal(IEnumerable<string> conditions, string separator)
    {
        var dealt = new List<string>();
        var length = 0;
        foreach (var condition in conditions)
        {
            var added = ODataLiteral.Encode(condition).Length + ODataLiteral.Encode(separator).Length;
            if (dealt.Count == MaxConditions || (dealt.Count > 0 && length + added > MaxFilterLength))
            {
                yield return string.Join(separator, dealt);
                dealt.Clear();
                length = 0;
            }

            dealt.Add(condition);
            length += added;
        }

        if (dealt.Count > 0)
        {
            yield return string.Join(separator, dealt);
        }
    }

    private async Task<IReadOnlyList<TableRecord>> ReadAsync(
        Selection selection, IEnumerable<string> filters, AskedRecords? asked, CancellationToken cancellationToken)
    {
        var request = new Request(selection, Prefer.Header(Prefer.MaxPageSize(pageSize), selection.Annotations), asked);
        var addresses = filters.Select(filter => QueryAddress.Of(client, selection, filter, isOrdered: true)).ToList();
        var found = addresses is [{ AbsoluteUri.Length: <= MaxDirectLength } only]
            ? [await ReadToEndAsync(only, pages.ChainOf(selection), request, cancellationToken).ConfigureAwait(false)]
            : await Task.WhenAll(addresses.Chunk(MaxQueriesPerBatch).Select(chunk => ReadBatchAsync(chunk, request, cancellationToken))).ConfigureAwait(false);

        // Pages are read live, and a record that changed its value in between may answer two queries.
        return [.. found.SelectMany(records => records).DistinctBy(record => record.Id)];
    }

    private async Task<List<TableRecord>> ReadBatchAsync(Uri[] addresses, Request request, CancellationToken cancellationToken)
    {
        var operation = OperationOf(request);
        var parts = addresses.Select(address => new BatchPart { Method = HttpMethod.Get, Address = address, Headers = request.Headers }).ToList();
        using var outcome = await client.ReadBatchAsync(parts, operation, cancellationToken).ConfigureAwait(false);
        var records = new List<TableRecord>();
        for (var index = 0; index < addresses.Length; index++)
        {
            var answer = outcome.Answers![index];
            var page = answer.IsSuccess
                ? client.Guarded(operation, () => PageReader.Read(answer.Body.Span, request.Selection.Shape))
                : throw client.Failed(answer, operation);
            Add(records, page, request);
            var chain = pages.ChainOf(request.Selection);
            if (RecordPages.Next(chain, addresses[index], page) is { } next)
            {
                records.AddRange(await ReadToEndAsync(next, chain, request, cancellationToken).ConfigureAwait(false));
            }
        }

        return records;
    }

    private async Task<List<TableRecord>> ReadToEndAsync(Uri address, PageChain chain, Request request, CancellationToken cancellationToken)
    {
        var records = new List<TableRecord>();
        await foreach (var answer in pages.ReadAllAsync(address, chain, request.Selection, request.Headers, cancellationToken).ConfigureAwait(false))
        {
            Add(records, answer.Page, request);
        }

        return records;
    }

    private void Add(List<TableRecord> records, RecordPage page, Request request)
    {
        try
        {
            request.Asked?.Check(page.Records);
        }
        catch (JsonException exception)
        {
            throw MalformedAnswer.Of(client.Name, OperationOf(request), exception);
        }

        records.AddRange(page.Records);
    }

    private static string OperationOf(Request request) => $"read '{request.Selection.Table.Name}'";

    private sealed record Request(Selection Selection, IReadOnlyList<KeyValuePair<string, string>> Headers, AskedRecords? Asked);
}
