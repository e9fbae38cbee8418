namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Lets every request wait before it leaves, as a long line or a slow service would.</summary>
/// <param name="latency">How long a request waits.</param>
internal sealed class DelayingHandler(Func<HttpRequestMessage, TimeSpan> latency) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false })
{
    /// <summary>A handler that treats all requests alike.</summary>
    public DelayingHandler(TimeSpan latency)
        : this(_ => latency)
    {
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(latency(request), cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
