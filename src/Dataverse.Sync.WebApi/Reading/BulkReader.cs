using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads many queries of one table, several of them as a <c>$batch</c>.</summary>
internal sealed class BulkReader(ServiceConnection service, BatchSender batches, RecordPages pages, int pageSize)
{
    private const int MaxQueriesPerBatch = 10;

    /// <summary>Reads queries and their further pages; each record once.</summary>
    /// <param name="selection">The columns.</param>
    /// <param name="filters">The filter of each query, before percent-encoding.</param>
    /// <param name="requested">The ids that may be returned; null for any.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async Task<IReadOnlyList<TableRecord>> ReadAsync(
        Selection selection, IEnumerable<string> filters, RequestedIds? requested, CancellationToken cancellationToken)
    {
        var table = selection.Table;
        var read = new Read(selection, Prefer.Header(Prefer.MaxPageSize(pageSize), selection.Annotations), requested);
        var addresses = filters
            .Select(filter => service.Addresses.Query(table.EntitySetName, selection.Select, filter, orderBy: table.KeyColumn))
            .ToList();
        var found = addresses is [var only] && !RecordPages.IsLong(only)
            ? [await ReadToEndAsync(read, only, pages.ChainOf(selection), cancellationToken).ConfigureAwait(false)]
            : await Task.WhenAll(addresses.Chunk(MaxQueriesPerBatch).Select(chunk => ReadBatchAsync(read, chunk, cancellationToken)))
                .ConfigureAwait(false);

        // Pages are not a snapshot: a record that changes its value between two queries may be returned by both.
        return [.. found.SelectMany(records => records).DistinctBy(record => record.Id)];
    }

    private async Task<List<TableRecord>> ReadBatchAsync(
        Read read, Uri[] addresses, CancellationToken cancellationToken)
    {
        var requests = addresses
            .Select(address => new BatchRequest { Method = HttpMethod.Get, Address = address, Headers = read.Headers })
            .ToList();
        using var outcome = await batches.ReadAsync(requests, read.Operation, cancellationToken).ConfigureAwait(false);
        var records = new List<TableRecord>();
        for (var index = 0; index < addresses.Length; index++)
        {
            var body = batches.BodyOf(outcome.Responses![index], read.Operation);
            var page = service.Guarded(read.Operation, () => PageReader.Read(body.Span, read.Selection.Shape));
            Add(read, records, page);
            var chain = pages.ChainOf(read.Selection);
            if (chain.Next(addresses[index], page) is { } next)
            {
                records.AddRange(await ReadToEndAsync(read, next, chain, cancellationToken).ConfigureAwait(false));
            }
        }

        return records;
    }

    private async Task<List<TableRecord>> ReadToEndAsync(
        Read read, Uri address, PageChain chain, CancellationToken cancellationToken)
    {
        var records = new List<TableRecord>();
        var responses = pages.ReadAllAsync(address, chain, read.Selection, read.Headers, cancellationToken);
        await foreach (var response in responses.ConfigureAwait(false))
        {
            Add(read, records, response.Page);
        }

        return records;
    }

    private void Add(Read read, List<TableRecord> records, RecordPage page)
    {
        try
        {
            read.Requested?.Check(page.Records);
        }
        catch (JsonException exception)
        {
            throw MalformedAnswer.Of(service.Name, read.Operation, exception);
        }

        records.AddRange(page.Records);
    }

    private sealed record Read(
        Selection Selection, IReadOnlyList<KeyValuePair<string, string>> Headers, RequestedIds? Requested)
    {
        public string Operation => RecordPages.OperationOf(Selection);
    }
}
