using System.Net;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Passes requests to an emulated service in the same process, without the network.</summary>
internal sealed class EmulatorHandler(RequestPipeline pipeline, CancellationToken stopping) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var received = await ReadAsync(request, cancellationToken).ConfigureAwait(false);

        // Not the client's token: a service completes a request even if the client has stopped waiting.
        var response = await pipeline.AnswerAsync(received, stopping).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return response is null
            ? throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was closed.")
            : Message(request, response);
    }

    private static async Task<EmulatorRequest> ReadAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []);
        return new EmulatorRequest
        {
            Method = request.Method.Method.ToUpperInvariant(),
            Origin = address.GetLeftPart(UriPartial.Authority),
            PathAndQuery = address.PathAndQuery,
            Headers = headers.Append(new("Host", [address.Authority])).ToDictionary(
                header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase),
            Body = request.Content is null
                ? ReadOnlyMemory<byte>.Empty
                : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    private static HttpResponseMessage Message(HttpRequestMessage request, EmulatorResponse response)
    {
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(response.Status is 204 or 304 ? default : response.Body),
        };
        foreach (var (name, value) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                _ = message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
