namespace Dataverse.Sync.HttpHarness;

/// <summary>The clock of one process. Pauses of the process end at once, by moving the time of the world.</summary>
/// <remarks>
/// The timers of a dead process never fire, and those of a suspended one fire when it resumes. As on a real machine, the
/// monotonic clock stands still during a suspension while the wall clock moves on.
/// </remarks>
internal sealed class ProcessClock(VirtualClock world) : TimeProvider
{
    /// <summary>Timers that are due later are time limits, which strike only when a response does not come.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    // Time for the work that a periodic timer starts on other threads, such as the renewal of a lease.
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(1);

    private readonly Lock gate = new();
    private readonly List<Action> held = [];
    private readonly List<VirtualTimer> pauses = [];
    private DateTimeOffset suspendedOn;
    private TimeSpan suspended;
    private bool isSuspended;
    private volatile bool isDead;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return (isSuspended ? suspendedOn : world.GetUtcNow()).UtcTicks - suspended.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isPeriodic = period > TimeSpan.Zero;
        var timer = new VirtualTimer(world, () => Fire(() => callback(state), isPeriodic));
        _ = timer.Change(dueTime, period);
        if (!isPeriodic && dueTime >= TimeSpan.Zero && dueTime <= LongestPause)
        {
            lock (gate)
            {
                _ = pauses.RemoveAll(pause => !pause.IsScheduled);
                pauses.Add(timer);
            }

            End(timer);
        }

        return timer;
    }

    public void Die() => isDead = true;

    public void Suspend()
    {
        lock (gate)
        {
            (isSuspended, suspendedOn) = (true, world.GetUtcNow());
        }
    }

    public void Resume()
    {
        List<Action> due;
        List<VirtualTimer> open;
        lock (gate)
        {
            isSuspended = false;
            suspended += world.GetUtcNow() - suspendedOn;
            due = [.. held];
            held.Clear();
            open = [.. pauses];
        }

        due.ForEach(callback => callback());
        open.ForEach(End);
    }

    private void End(VirtualTimer pause) => ThreadPool.QueueUserWorkItem(_ =>
    {
        if (!isDead && !isSuspended && pause.IsScheduled)
        {
            world.AdvanceTo(pause.Due);
        }
    });

    private void Fire(Action callback, bool isPeriodic)
    {
        lock (gate)
        {
            if (isDead)
            {
                return;
            }

            if (isSuspended)
            {
                held.Add(callback);
                return;
            }
        }

        callback();
        if (isPeriodic)
        {
            Thread.Sleep(Beat);
        }
    }
}
