using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace Dataverse.Sync.Http;

/// <summary>
/// A successful answer with its whole body. The body lives in a pooled array until the answer is disposed.
/// </summary>
internal sealed class HttpAnswer : IDisposable
{
    private readonly HttpResponseHeaders headers;
    private readonly HttpContentHeaders contentHeaders;
    private readonly int length;
    private byte[]? buffer;

    public HttpAnswer(HttpResponseMessage response, byte[] pooled, int length)
    {
        Status = response.StatusCode;
        headers = response.Headers;
        contentHeaders = response.Content.Headers;
        buffer = pooled;
        this.length = length;
    }

    public HttpStatusCode Status { get; }

    /// <summary>The service's clock when it began to answer; null when it did not tell.</summary>
    public DateTimeOffset? Date => headers.Date;

    public string? ContentType =>
        contentHeaders.TryGetValues("Content-Type", out var values) ? values.FirstOrDefault() : null;

    public ReadOnlyMemory<byte> Body
    {
        get
        {
            ObjectDisposedException.ThrowIf(buffer is null, this);
            return buffer.AsMemory(0, length);
        }
    }

    /// <summary>The first value of a response header, or null.</summary>
    public string? Header(string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    public void Dispose()
    {
        var pooled = Interlocked.Exchange(ref buffer, null);
        if (pooled is not null)
        {
            ArrayPool<byte>.Shared.Return(pooled);
        }
    }
}
