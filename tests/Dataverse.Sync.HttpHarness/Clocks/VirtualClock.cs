namespace Dataverse.Sync.HttpHarness;

/// <summary>The time of a world. It moves only when it is told to, and then fires the timers on its way in order.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<VirtualTimer> timers = [];
    private DateTimeOffset now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        _ = timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan duration) => AdvanceTo(GetUtcNow() + duration);

    public void AdvanceTo(DateTimeOffset target)
    {
        while (TakeNext(target) is { } timer)
        {
            timer.Fire();
        }
    }

    internal void Schedule(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            _ = timers.Remove(timer);
            if (dueTime >= TimeSpan.Zero)
            {
                timer.Due = now + dueTime;
                timer.Period = period;
                timers.Add(timer);
            }
        }
    }

    internal bool IsScheduled(VirtualTimer timer)
    {
        lock (gate)
        {
            return timers.Contains(timer);
        }
    }

    private VirtualTimer? TakeNext(DateTimeOffset target)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (next is null)
            {
                now = now < target ? target : now;
                return null;
            }

            now = now < next.Due ? next.Due : now;
            if (next.Period > TimeSpan.Zero)
            {
                next.Due += next.Period;
            }
            else
            {
                _ = timers.Remove(next);
            }

            return next;
        }
    }
}
