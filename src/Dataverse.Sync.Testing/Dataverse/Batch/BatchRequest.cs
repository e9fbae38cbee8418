using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One request of a batch as it was written.</summary>
internal sealed record BatchRequest(string Method, string Url, IReadOnlyDictionary<string, string> Headers, string Body, string? ContentId)
{
    /// <exception cref="DataverseErrorException">The part is no HTTP request.</exception>
    public static BatchRequest Read(MultipartPart part)
    {
        var lineEnd = part.Body.IndexOf("\r\n", StringComparison.Ordinal);
        var words = lineEnd < 0 ? [] : part.Body[..lineEnd].Split(' ');
        if (words is not [var method, var url, "HTTP/1.1"])
        {
            throw MultipartReader.Malformed();
        }

        var http = MultipartReader.Part(part.Body[(lineEnd + 2)..]);
        return new BatchRequest(method.ToUpperInvariant(), url, http.Headers, http.Body, part.Header("Content-ID") ?? http.Header("Content-ID"));
    }

    public ReadOnlyMemory<byte> Bytes => Encoding.Latin1.GetBytes(Body);
}
