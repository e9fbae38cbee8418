namespace Dataverse.Sync.Execution;

/// <summary>The age of a lease by two clocks.</summary>
/// <remarks>
/// The monotonic clock may stop while the machine sleeps, and the wall clock may be set back. The greater of the two
/// ages is used, so that a lease is never taken for younger than it is.
/// </remarks>
internal sealed class LeaseAge
{
    private readonly TimeProvider timeProvider;
    private readonly long timestamp;

    private LeaseAge(TimeProvider timeProvider)
    {
        this.timeProvider = timeProvider;
        StartedOn = timeProvider.GetUtcNow();
        timestamp = timeProvider.GetTimestamp();
    }

    /// <summary>When the lease began, by the wall clock.</summary>
    public DateTimeOffset StartedOn { get; }

    public TimeSpan Current
    {
        get
        {
            var byWallClock = timeProvider.GetUtcNow() - StartedOn;
            var byMonotonicClock = timeProvider.GetElapsedTime(timestamp);
            return byWallClock > byMonotonicClock ? byWallClock : byMonotonicClock;
        }
    }

    public static LeaseAge StartedNow(TimeProvider timeProvider) => new(timeProvider);
}
