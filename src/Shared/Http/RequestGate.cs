namespace Dataverse.Sync.Http;

/// <summary>Bounds the requests under way and holds all of them back while the service asks for a pause.</summary>
internal sealed class RequestGate(int maxConcurrency, TimeProvider timeProvider) : IDisposable
{
    private readonly SemaphoreSlim slots = new(maxConcurrency, maxConcurrency);
    private readonly Lock limitLock = new();
    private readonly int greatest = maxConcurrency;
    private int limit = maxConcurrency;
    private int slotsToTakeAway;
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

    public void Leave()
    {
        lock (limitLock)
        {
            if (slotsToTakeAway > 0)
            {
                slotsToTakeAway--;
                return;
            }
        }

        _ = slots.Release();
    }

    /// <summary>Changes how many requests may be under way, up to the greatest number; those under way finish.</summary>
    public void SetLimit(int wanted)
    {
        lock (limitLock)
        {
            var change = Math.Clamp(wanted, 1, greatest) - limit;
            limit += change;
            slotsToTakeAway -= change;
            while (slotsToTakeAway > 0 && slots.Wait(0))
            {
                slotsToTakeAway--;
            }

            if (slotsToTakeAway < 0)
            {
                _ = slots.Release(-slotsToTakeAway);
                slotsToTakeAway = 0;
            }
        }
    }

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
