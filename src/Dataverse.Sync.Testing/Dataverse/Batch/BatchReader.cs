namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads a batch with its change sets and checks what can be checked before anything runs.</summary>
internal sealed class BatchReader(int maxRequests)
{
    /// <exception cref="DataverseErrorException">The batch as a whole is refused.</exception>
    public IReadOnlyList<BatchItem> Read(ApiRequest request)
    {
        var boundary = MultipartReader.Boundary(request.Header("Content-Type"))
            ?? throw DataverseErrors.BadPayload("The content type of a batch must be multipart/mixed with a boundary.");
        var items = MultipartReader.Read(MultipartReader.ToText(request.Body), boundary, isOutermost: true).Select(Item).ToArray();
        var requests = items.SelectMany(item => item.Requests).ToArray();
        if (requests.Length > maxRequests)
        {
            throw DataverseErrors.BadQuery($"The batch has {requests.Length} requests, more than the maximum of {maxRequests}.");
        }

        var ids = requests.Select(part => part.ContentId).OfType<string>().ToArray();
        if (ids.Length != ids.Distinct(StringComparer.Ordinal).Count())
        {
            throw DataverseErrors.BadQuery("A Content-ID occurs more than once in the batch.");
        }

        return items;
    }

    private static BatchItem Item(MultipartPart part)
    {
        if (MultipartReader.Boundary(part.Header("Content-Type")) is { } boundary)
        {
            return new BatchItem([.. MultipartReader.Read(part.Body, boundary, isOutermost: false).Select(Single)], IsChangeSet: true);
        }

        return new BatchItem([Single(part)], IsChangeSet: false);
    }

    private static BatchRequest Single(MultipartPart part) =>
        part.Header("Content-Type")?.StartsWith("application/http", StringComparison.OrdinalIgnoreCase) == true
            ? BatchRequest.Read(part)
            : throw MultipartReader.Malformed();
}
