namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The two forms of a batch: JSON and multipart. The response has the form of the request.</summary>
internal static class BatchBody
{
    /// <summary>Reads the requests of a batch in either form.</summary>
    /// <exception cref="BusinessCentralException">
    /// The body is malformed, or a change set holds several requests.
    /// </exception>
    public static IReadOnlyList<BatchRequest> Read(EmulatorRequest request) =>
        MultipartReader.Boundary(ContentType(request)) is { } boundary
        ? ReadMultipart(request, boundary)
        : ReadJson(request);

    /// <summary>Writes the response in the form of the request.</summary>
    public static EmulatorResponse Write(ApiCall call, IReadOnlyList<BatchResponse> responses) =>
        MultipartReader.Boundary(ContentType(call.Request)) is null
            ? Replies.OData(call, 200, RowJson.Write(writer => JsonBatch.Write(writer, responses)))
            : WriteMultipart(responses);

    private static string? ContentType(EmulatorRequest request) => request.Header("Content-Type");

    private static IReadOnlyList<BatchRequest> ReadJson(EmulatorRequest request)
    {
        try
        {
            return JsonBatch.Read(request.Body);
        }
        catch (MalformedBatchException)
        {
            throw Errors.MalformedJson();
        }
    }

    private static IReadOnlyList<BatchRequest> ReadMultipart(EmulatorRequest request, string boundary)
    {
        try
        {
            return [.. MultipartReader.Read(MultipartReader.ToText(request.Body), boundary, isOutermost: true)
                .Select(Single)];
        }
        catch (MalformedBatchException malformed)
        {
            throw Errors.BadRequest(malformed.Message);
        }
    }

    // A change set may hold one request; Business Central has always refused more.
    private static BatchRequest Single(MultipartPart part)
    {
        if (part.NestedBoundary is not { } boundary)
        {
            return BatchRequest.Read(part);
        }

        return MultipartReader.Read(part.Body, boundary, isOutermost: false) is [var only]
            ? Single(only)
            : throw Errors.NotImplemented("A change set with more than one operation is not supported.");
    }

    private static EmulatorResponse WriteMultipart(IReadOnlyList<BatchResponse> responses)
    {
        var writer = new MultipartWriter("batchresponse");
        foreach (var part in responses)
        {
            writer.Add(part.Response, string.IsNullOrEmpty(part.Id) ? null : part.Id);
        }

        return writer.Finish(200);
    }
}
