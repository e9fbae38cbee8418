namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads a batch with its change sets and makes the checks that precede the first request.</summary>
internal sealed class BatchReader(int maxRequests)
{
    /// <exception cref="DataverseErrorException">The batch as a whole is refused.</exception>
    public IReadOnlyList<BatchItem> Read(ApiRequest request)
    {
        var boundary = MultipartReader.Boundary(request.Header("Content-Type"))
            ?? throw DataverseErrors.BadPayload("The content type of a batch must be multipart/mixed with a boundary.");
        var items = Items(MultipartReader.ToText(request.Body), boundary);
        var requests = items.SelectMany(item => item.Requests).ToArray();
        if (requests.Length > maxRequests)
        {
            throw DataverseErrors.BadQuery(
                $"The batch has {requests.Length} requests, more than the maximum of {maxRequests}.");
        }

        var ids = requests.Select(part => part.Id).OfType<string>().ToArray();
        if (ids.Length != ids.Distinct(StringComparer.Ordinal).Count())
        {
            throw DataverseErrors.BadQuery("A Content-ID occurs more than once in the batch.");
        }

        return items;
    }

    private static BatchItem[] Items(string text, string boundary)
    {
        try
        {
            return [.. MultipartReader.Read(text, boundary, isOutermost: true).Select(Item)];
        }
        catch (MalformedBatchException malformed)
        {
            throw DataverseErrors.BadPayload(malformed.Message);
        }
    }

    private static BatchItem Item(MultipartPart part) => part.NestedBoundary is { } boundary
        ? new BatchItem(
            [.. MultipartReader.Read(part.Body, boundary, isOutermost: false).Select(Single)], IsChangeSet: true)
        : new BatchItem([Single(part)], IsChangeSet: false);

    private static BatchRequest Single(MultipartPart part) =>
        part.IsHttpRequest ? BatchRequest.Read(part) : throw new MalformedBatchException();
}
