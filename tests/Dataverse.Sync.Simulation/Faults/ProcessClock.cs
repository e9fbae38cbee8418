namespace Dataverse.Sync.Simulation;

/// <summary>The clocks of one process. Its timers stand still while the process is stalled, and for ever once it is dead; its monotonic clock stands still while the computer sleeps.</summary>
internal sealed class ProcessClock(TimeProvider inner, SimulatedProcess process) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp() - (process.Slept.Ticks * inner.TimestampFrequency / TimeSpan.TicksPerSecond);

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(
            passed =>
            {
                if (process is { IsAlive: true, IsStalled: false })
                {
                    callback(passed);
                }
            },
            state,
            dueTime,
            period);
}
