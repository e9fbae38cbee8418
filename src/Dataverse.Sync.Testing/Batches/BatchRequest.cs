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
    public bool IsRead => Method == "GET";

    /// <summary>Reads the HTTP request in a part.</summary>
    /// <exception cref="MalformedBatchException">The part is not an HTTP request.</exception>
    public static BatchRequest Read(MultipartPart part)
    {
        var lineEnd = part.Body.IndexOf("\r\n", StringComparison.Ordinal);
        var words = lineEnd < 0 ? [] : part.Body[..lineEnd].Split(' ');
        if (words is not [var method, var url, "HTTP/1.1"])
        {
            throw new MalformedBatchException();
        }

        var http = MultipartReader.Part(part.Body[(lineEnd + 2)..]);
        var id = part.Header("Content-ID") ?? http.Header("Content-ID");
        return new BatchRequest(id, method.ToUpperInvariant(), url, http.Headers, Encoding.Latin1.GetBytes(http.Body));
    }
}
