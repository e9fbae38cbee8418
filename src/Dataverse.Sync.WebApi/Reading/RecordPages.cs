using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads the records of a selection page by page.</summary>
internal sealed class RecordPages(ServiceConnection service)
{
    /// <summary>Reads one page.</summary>
    public Task<PageResponse> ReadAsync(
        Uri address, Selection selection, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        service.ReadPageAsync(address, OperationOf(selection), selection.Shape, headers, cancellationToken);

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
}
