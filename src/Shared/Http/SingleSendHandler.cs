namespace Dataverse.Sync.Http;

/// <summary>Lets a request that must not be repeated pass only once.</summary>
/// <remarks>
/// Applications often give all clients of a factory a handler that repeats requests. A repeated insert would create a
/// second record, and only the connection knows which requests are safe to repeat.
/// </remarks>
internal sealed class SingleSendHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly HttpRequestOptionsKey<bool> MaySend = new("Dataverse.Sync.MaySend");

    /// <summary>Marks a request that may be sent once only.</summary>
    public static void Mark(HttpRequestMessage request) => request.Options.Set(MaySend, true);

    /// <exception cref="HttpIOException">The request was sent before.</exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(MaySend, out var maySend))
        {
            request.Options.Set(MaySend, false);
            if (!maySend)
            {
                throw new HttpIOException(
                    HttpRequestError.Unknown,
                    "A handler of the HTTP client repeated a request that must not be repeated. It was not sent again.");
            }
        }

        return base.SendAsync(request, cancellationToken);
    }
}
