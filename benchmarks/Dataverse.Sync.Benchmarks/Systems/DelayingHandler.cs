namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Lets every request wait before it leaves, as a long line would.</summary>
internal sealed class DelayingHandler(TimeSpan latency) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(latency, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
