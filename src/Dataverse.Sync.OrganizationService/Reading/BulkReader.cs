using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Reads many queries of one table, several of them as one ExecuteMultiple.</summary>
internal sealed class BulkReader(ServiceConnection service, BatchSender batches, RecordPages pages)
{
    private const int MaxQueriesPerBatch = 10;

    /// <summary>Reads queries and their further pages; each record once.</summary>
    /// <param name="selection">The columns.</param>
    /// <param name="filters">The filter of each query.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async Task<IReadOnlyList<TableRecord>> ReadAsync(
        Selection selection, IReadOnlyList<FilterExpression> filters, CancellationToken cancellationToken)
    {
        var found = filters.Count == 1
            ? [await ReadToEndAsync(selection, filters[0], pages.FirstPage(), cancellationToken).ConfigureAwait(false)]
            : await Task.WhenAll(filters.Chunk(MaxQueriesPerBatch).Select(chunk => ReadBatchAsync(selection, chunk, cancellationToken)))
                .ConfigureAwait(false);

        // Pages are not a snapshot: a record that changes its value between two queries may be returned by both.
        return [.. found.SelectMany(records => records).DistinctBy(record => record.Id)];
    }

    private async Task<List<TableRecord>> ReadBatchAsync(
        Selection selection, FilterExpression[] filters, CancellationToken cancellationToken)
    {
        var requests = Array.ConvertAll(filters, OrganizationRequest (filter) => new RetrieveMultipleRequest
        {
            Query = RecordPages.QueryOf(selection, filter, pages.FirstPage()),
        });
        var items = await batches.ReadAsync(requests, selection.Operation, cancellationToken).ConfigureAwait(false);
        var found = new List<TableRecord>();
        for (var index = 0; index < filters.Length; index++)
        {
            var rows = (batches.ResponseOf(items[index], selection.Operation) as RetrieveMultipleResponse)?.EntityCollection
                ?? throw service.Malformed(selection.Operation, "The answer has no list of records.");
            var records = pages.RecordsOf(selection, rows);
            found.AddRange(records);
            if (pages.NextOf(selection, pages.FirstPage(), rows, records, new PageGuard()) is { } next)
            {
                found.AddRange(await ReadToEndAsync(selection, filters[index], next, cancellationToken).ConfigureAwait(false));
            }
        }

        return found;
    }

    private async Task<List<TableRecord>> ReadToEndAsync(
        Selection selection, FilterExpression filter, PagingInfo first, CancellationToken cancellationToken)
    {
        var found = new List<TableRecord>();
        await foreach (var page in pages.ReadAllAsync(selection, filter, first, cancellationToken).ConfigureAwait(false))
        {
            found.AddRange(page.Records);
        }

        return found;
    }
}
