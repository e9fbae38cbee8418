using System.Net;
using System.Text;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>An answer as it lies on the wire.</summary>
internal sealed record WireAnswer(int Status, string? ContentType, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>How the body breaks off; null when it ends well.</summary>
    public Exception? BreaksOffWith { get; init; }

    /// <summary>The body with one character for each byte, so that what is not changed stays as it is.</summary>
    public string Text => Encoding.Latin1.GetString(Body);

    public WireAnswer WithText(string text) => this with { Body = Encoding.Latin1.GetBytes(text) };

    public WireAnswer WithHeader(string name, string value) => this with { Headers = [.. Headers.Where(header => header.Key != name), new(name, value)] };

    public static async Task<WireAnswer> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken) => new(
        (int)response.StatusCode,
        response.Content.Headers.TryGetValues("Content-Type", out var types) ? types.First() : null,
        [.. response.Headers.Select(header => new KeyValuePair<string, string>(header.Key, string.Join(',', header.Value)))],
        await response.Content.ReadAsByteArrayAsync(cancellationToken));

    public HttpResponseMessage ToResponse(HttpRequestMessage request)
    {
        Stream body = BreaksOffWith is { } failure ? new BreakingStream(Body, failure) : new MemoryStream(Body, writable: false);
        var response = new HttpResponseMessage((HttpStatusCode)Status) { RequestMessage = request, Content = new StreamContent(body) };
        foreach (var (name, value) in Headers)
        {
            _ = response.Headers.TryAddWithoutValidation(name, value);
        }

        _ = ContentType is not null && response.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return response;
    }

    private sealed class BreakingStream(byte[] body, Exception failure) : MemoryStream(body, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw failure;
    }
}
