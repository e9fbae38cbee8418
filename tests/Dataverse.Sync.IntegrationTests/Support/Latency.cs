using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>Delays requests by random times of a clock of its own, so that requests of several mappings overtake each other.</summary>
internal sealed class Latency(int seed) : IDisposable
{
    private const int LongestMilliseconds = 40;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    // Longer than any run takes; a run that has not ended by then hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly FakeTimeProvider time = new();
    private readonly Random random = new(seed);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> sent = new();
    private readonly SocketsHttpHandler network = new() { UseCookies = false };

    /// <summary>Creates the handler of a connector.</summary>
    public HttpMessageHandler NewHandler() => new DelayingHandler(this);

    /// <summary>Completes when the first request for a table of Business Central has been made.</summary>
    public Task SentAsync(string table) => Sent(table).Task;

    /// <summary>A table whose first request waits for that of another one.</summary>
    public (string Table, string Other)? Meeting { get; init; }

    /// <summary>Lets the time of the delays pass until a run has ended.</summary>
    public async Task<T> PassAsync<T>(Task<T> run)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!run.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            time.Advance(Step);
            await Task.Yield();
        }

        return await run;
    }

    public void Dispose() => network.Dispose();

    private TaskCompletionSource Sent(string table) =>
        sent.GetOrAdd(table, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task WaitAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var table = request.RequestUri!.Segments[^1].Trim('/');
        _ = Sent(table).TrySetResult();
        if (Meeting is var (held, other) && held == table)
        {
            await SentAsync(other).WaitAsync(cancellationToken);
        }

        int delay;
        lock (random)
        {
            delay = random.Next(1, LongestMilliseconds);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(delay), time, cancellationToken);
    }

    private sealed class DelayingHandler(Latency latency) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker inner = new(latency.network, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await latency.WaitAsync(request, cancellationToken);
            return await inner.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
