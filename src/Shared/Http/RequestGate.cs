namespace Dataverse.Sync.Http;

/// <summary>Bounds the requests under way and holds all of them back while the service asks for a pause.</summary>
internal sealed class RequestGate(int maxConcurrency, TimeProvider timeProvider) : IDisposable
{
    private readonly SemaphoreSlim slots = new(maxConcurrency, maxConcurrency);
    private long closedUntil;

    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (Remaining() is var pause && pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            Leave();
            throw;
        }
    }

    public void Leave() => slots.Release();

    /// <summary>Holds back the requests that have not begun; throttling concerns the user, so every worker waits.</summary>
    public void Pause(TimeSpan pause)
    {
        var until = timeProvider.GetUtcNow().Add(pause).UtcTicks;
        var seen = Interlocked.Read(ref closedUntil);
        while (until > seen)
        {
            var found = Interlocked.CompareExchange(ref closedUntil, until, seen);
            if (found == seen)
            {
                return;
            }

            seen = found;
        }
    }

    public void Dispose() => slots.Dispose();

    private TimeSpan Remaining() => TimeSpan.FromTicks(Interlocked.Read(ref closedUntil) - timeProvider.GetUtcNow().UtcTicks);
}
