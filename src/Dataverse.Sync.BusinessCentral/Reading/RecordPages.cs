using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads a collection page by page.</summary>
internal static class RecordPages
{
    /// <summary>Reads the pages that begin at an address, with the same headers for each.</summary>
    /// <exception cref="ConnectorException">A page could not be read, or a link points elsewhere, back, or on without
    /// end.</exception>
    public static IAsyncEnumerable<PageResponse> ReadAllAsync(
        ServiceConnection service,
        Uri start,
        string operation,
        RecordShape shape,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken) => PageWalker.WalkAsync(
            start,
            service.ChainOf(operation),
            (address, token) => service.ReadPageAsync(address, operation, shape, headers, token),
            cancellationToken);
}
