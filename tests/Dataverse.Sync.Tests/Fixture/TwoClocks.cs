namespace Dataverse.Sync.Tests.Fixture;

/// <summary>A machine whose wall clock and monotonic clock a test moves apart. Its timers never fire.</summary>
internal sealed class TwoClocks : TimeProvider
{
    public DateTimeOffset WallClock { get; set; } = EngineFixture.Start;

    public TimeSpan MonotonicClock { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => WallClock;

    public override long GetTimestamp() => MonotonicClock.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new StoppedTimer();

    private sealed class StoppedTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
