namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Headers and body of one part of a multipart body. The body holds one character for each byte.</summary>
internal sealed record MultipartPart(IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The boundary of the nested multipart body, or null if the part holds something else.</summary>
    public string? NestedBoundary => MultipartReader.Boundary(ContentType);

    /// <summary>Whether the part declares that it holds an HTTP request.</summary>
    public bool IsHttpRequest =>
        ContentType?.StartsWith("application/http", StringComparison.OrdinalIgnoreCase) == true;

    private string? ContentType => Header("Content-Type");

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
