using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads collections page by page.</summary>
internal sealed class RecordPages(ServiceConnection service, BatchSender batches)
{
    // The service fails at about 15,700 characters; gateways on the way accept fewer.
    private const int MaxDirectLength = 8_000;

    /// <summary>Reads the pages that begin at an address, with the same headers for each.</summary>
    /// <exception cref="ConnectorException">A page could not be read, or a link points elsewhere, back, or on without
    /// end.</exception>
    public IAsyncEnumerable<PageResponse> ReadAllAsync(
        Uri start,
        string operation,
        RecordShape shape,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken) => PageWalker.WalkAsync(
            start,
            service.ChainOf(operation),
            (address, token) => ReadAsync(address, operation, shape, headers, token),
            cancellationToken);

    // Links to further pages repeat the query, so they may be long where the query is not.
    private async Task<PageResponse> ReadAsync(
        Uri address,
        string operation,
        RecordShape shape,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken)
    {
        var isLong = address.AbsoluteUri.Length > MaxDirectLength;
        var page = isLong && service.Addresses.RootOf(address) is { } root
            ? await TryInBatchAsync(root, address, operation, shape, headers, cancellationToken).ConfigureAwait(false)
            : null;
        return page ?? await service.ReadPageAsync(address, operation, shape, headers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a page as the single part of a batch, in whose body an address may have any length.</summary>
    /// <returns>The page; null where the part failed. It is read alone then, with its own repetitions.</returns>
    private async Task<PageResponse?> TryInBatchAsync(
        string root,
        Uri address,
        string operation,
        RecordShape shape,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken)
    {
        using var batch = new BatchWriter();
        batch.AddGet(address.AbsoluteUri[(root.Length + 1)..], headers);
        using var outcome = await batches.AttemptAsync(root, batch, operation, isRepeatable: true, cancellationToken)
            .ConfigureAwait(false);
        var answer = outcome.Answer ?? throw service.Explain(outcome.Failure!);
        try
        {
            return BatchReader.Read(answer.Body, batch.Count) is [{ IsSuccess: true } part]
                ? new PageResponse(PageReader.Read(part.Body.Span, shape), answer.Date)
                : null;
        }
        catch (JsonException exception)
        {
            throw ServiceConnection.Malformed(operation, exception);
        }
    }
}
