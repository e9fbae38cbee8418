namespace Dataverse.Sync.Simulation;

/// <summary>A clock that is ahead of another one, or behind it.</summary>
internal sealed class SkewedClock(TimeProvider inner, TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + ahead;
}
