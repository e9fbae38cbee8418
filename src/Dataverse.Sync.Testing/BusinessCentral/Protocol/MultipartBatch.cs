namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The multipart form of a batch. A change set may hold one operation: more have always been refused.</summary>
internal static class MultipartBatch
{
    public static bool IsOne(EmulatorRequest request) => MultipartReader.Boundary(request.Header("Content-Type")) is not null;

    /// <exception cref="BusinessCentralException">The body is malformed, or a change set holds several operations.</exception>
    public static IReadOnlyList<BatchPart> Parse(EmulatorRequest request)
    {
        try
        {
            return [.. Read(MultipartReader.ToText(request.Body), request.Header("Content-Type"), isOutermost: true).Select(Part)];
        }
        catch (DataverseErrorException malformed)
        {
            // The reader is shared with the other emulator, and so is the type of its refusals.
            throw Errors.BadRequest(malformed.Message);
        }
    }

    public static EmulatorResponse Write(IReadOnlyList<BatchAnswer> answers)
    {
        var writer = new BatchWriter("batchresponse");
        foreach (var answer in answers)
        {
            writer.Add(answer.Response, answer.Id.Length > 0 ? answer.Id : null);
        }

        return writer.Finish(200);
    }

    private static IReadOnlyList<MultipartPart> Read(string text, string? contentType, bool isOutermost) =>
        MultipartReader.Read(text, MultipartReader.Boundary(contentType)!, isOutermost);

    private static BatchPart Part(MultipartPart part)
    {
        var contentType = part.Header("Content-Type");
        if (MultipartReader.Boundary(contentType) is not null)
        {
            return Read(part.Body, contentType, isOutermost: false) is [var only] ? Part(only)
                : throw Errors.NotImplemented("A change set with more than one operation is not supported.");
        }

        var request = BatchRequest.Read(part);
        return new BatchPart(request.ContentId ?? "", request.Method, request.Url, request.Headers, request.Bytes);
    }
}
