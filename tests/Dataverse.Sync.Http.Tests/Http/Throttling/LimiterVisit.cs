using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Http.Tests;

/// <summary>A request at the emulator's limiter of Business Central.</summary>
internal sealed class LimiterVisit(UserLimiter limiter, int weight) : SimulatedVisit
{
    private readonly Task<IDisposable> place = limiter.EnterAsync(weight, default);

    public override bool IsQueued => !place.IsCompleted;

    public override bool IsRefused => place.IsFaulted;

    public override ServiceReport End(TimeSpan executionTime)
    {
        if (place.IsCompletedSuccessfully)
        {
            place.Result.Dispose();
        }

        return new ServiceReport { IsServed = true, Remaining = [null] };
    }
}
