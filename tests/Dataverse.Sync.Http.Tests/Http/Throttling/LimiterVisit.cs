using Dataverse.Sync.Shared;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Http.Tests;

/// <summary>A request at the emulator's limits of one user, which tells nothing of them but refusals.</summary>
internal sealed class LimiterVisit : SimulatedVisit
{
    private readonly UserLimiter limiter;
    private readonly TaskCompletionSource? queued;

    public LimiterVisit(UserLimiter limiter, int weight)
    {
        this.limiter = limiter;
        try
        {
            queued = limiter.Queue(weight);
        }
        catch (BusinessCentralException)
        {
            IsRefused = true;
        }
    }

    // Known at once: in virtual time, nobody waits for the thread pool.
    public override bool IsQueued => queued is { Task.IsCompleted: false };

    public override bool IsRefused { get; }

    public override ServiceReport End(TimeSpan executionTime)
    {
        if (!IsRefused)
        {
            limiter.Leave();
        }

        return new ServiceReport { IsServed = true, Remaining = [null] };
    }
}
