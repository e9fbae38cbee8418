using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads the records of a selection page by page.</summary>
internal sealed class RecordPages(ServiceConnection service, BatchSender batches)
{
    // The service takes 32,768 characters; gateways on the way accept far fewer.
    private const int MaxDirectLength = 8_000;

    /// <summary>Whether an address is too long for a request line, so that it is sent in the body of a batch.</summary>
    public static bool IsLong(Uri address) => address.AbsoluteUri.Length > MaxDirectLength;

    /// <summary>Reads one page. The links to further pages may be long as well: they repeat the query.</summary>
    public Task<PageResponse> ReadAsync(
        Uri address, Selection selection, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        IsLong(address)
            ? ReadInBatchAsync(address, selection, headers, cancellationToken)
            : service.ReadPageAsync(address, OperationOf(selection), selection.Shape, headers, cancellationToken);

    /// <summary>Reads a page and those after it; the service requires the same preferences for each.</summary>
    public IAsyncEnumerable<PageResponse> ReadAllAsync(
        Uri address, Selection selection, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        ReadAllAsync(address, ChainOf(selection), selection, headers, cancellationToken);

    /// <summary>Reads the pages of a chain that has followed earlier ones.</summary>
    public IAsyncEnumerable<PageResponse> ReadAllAsync(
        Uri address,
        PageChain chain,
        Selection selection,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken) =>
        PageWalker.WalkAsync(address, chain, (next, token) => ReadAsync(next, selection, headers, token), cancellationToken);

    public PageChain ChainOf(Selection selection) => service.ChainOf(OperationOf(selection));

    public static string OperationOf(Selection selection) => $"read '{selection.Table.Name}'";

    private async Task<PageResponse> ReadInBatchAsync(
        Uri address, Selection selection, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var operation = OperationOf(selection);
        var request = new BatchRequest { Method = HttpMethod.Get, Address = address, Headers = headers };
        using var outcome = await batches.ReadAsync([request], operation, cancellationToken).ConfigureAwait(false);
        var body = batches.BodyOf(outcome.Responses![0], operation);
        return service.Guarded(operation, () => new PageResponse(PageReader.Read(body.Span, selection.Shape), outcome.Date));
    }
}
