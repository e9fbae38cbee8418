using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One request of a batch as the client wrote it.</summary>
/// <param name="Id">
/// The <c>Content-ID</c> of a multipart batch, which may be absent, or the <c>id</c> of a JSON batch.
/// </param>
/// <param name="Method">The verb in upper case.</param>
/// <param name="Url">The URL as written: absolute or relative.</param>
/// <param name="Headers">The headers of this request alone; names are compared without regard to case.</param>
/// <param name="Body">The body; empty for none.</param>
internal sealed record BatchRequest(
    string? Id, string Method, string Url, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    private const string LineEnd = "\r\n";

    public bool IsRead => Method == "GET";

    /// <summary>Reads the HTTP request in a part. Empty lines may precede it.</summary>
    /// <exception cref="MalformedBatchException">The part is not an HTTP request.</exception>
    public static BatchRequest Read(MultipartPart part)
    {
        var text = part.Body;
        while (text.StartsWith(LineEnd, StringComparison.Ordinal))
        {
            text = text[LineEnd.Length..];
        }

        var end = text.IndexOf(LineEnd, StringComparison.Ordinal);
        if (end < 0)
        {
            throw new MalformedBatchException();
        }

        var (method, url) = RequestLine(text[..end]);
        var http = MultipartReader.Part(text[(end + LineEnd.Length)..]);
        var id = part.Header("Content-ID") ?? http.Header("Content-ID");
        return new BatchRequest(id, method.ToUpperInvariant(), url, http.Headers, Encoding.Latin1.GetBytes(http.Body));
    }

    // Between the first blank and the last is the URL, in which clients leave blanks as they are.
    private static (string Method, string Url) RequestLine(string line)
    {
        var first = line.IndexOf(' ', StringComparison.Ordinal);
        var last = line.LastIndexOf(' ');
        return first > 0 && last > first + 1 && line[(last + 1)..] == "HTTP/1.1"
            ? (line[..first], line[(first + 1)..last])
            : throw new MalformedBatchException();
    }
}
