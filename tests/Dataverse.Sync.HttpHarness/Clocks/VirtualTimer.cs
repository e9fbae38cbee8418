namespace Dataverse.Sync.HttpHarness;

/// <summary>A timer of a <see cref="VirtualClock"/>.</summary>
internal sealed class VirtualTimer(VirtualClock clock, Action callback) : ITimer
{
    /// <summary>The next time at which the timer fires; changed by its clock only.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>The time between two fires; not positive for a timer that fires once.</summary>
    public TimeSpan Period { get; set; }

    public bool IsScheduled => clock.IsScheduled(this);

    public void Fire() => callback();

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        clock.Schedule(this, dueTime, period);
        return true;
    }

    public void Dispose() => clock.Schedule(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
