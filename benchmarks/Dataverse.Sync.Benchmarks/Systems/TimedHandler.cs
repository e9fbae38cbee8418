using System.Collections.Concurrent;
using System.Diagnostics;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Lets every request wait before it leaves, and notes when it was made and when its response arrived.</summary>
internal sealed class TimedHandler(TimeSpan latency) : DelegatingHandler(new DelayingHandler(latency))
{
    private readonly ConcurrentQueue<TimedRequest> requests = new();

    /// <summary>Returns the requests since the last call.</summary>
    public IReadOnlyList<TimedRequest> Take()
    {
        var taken = new List<TimedRequest>();
        while (requests.TryDequeue(out var request))
        {
            taken.Add(request);
        }

        return taken;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var response = await base.SendAsync(request, cancellationToken);
        requests.Enqueue(new(began, Stopwatch.GetTimestamp()));
        return response;
    }
}
