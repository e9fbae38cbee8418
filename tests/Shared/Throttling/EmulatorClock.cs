using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.TestSupport;

/// <summary>
/// The clock of an emulator and of the connectors to it. It moves on only when every request that a governor let go waits for the emulator's
/// latency, so that the real time that HTTP takes is none on it.
/// </summary>
internal sealed class EmulatorClock(TimeSpan latency) : FakeTimeProvider(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    // Whoever was let go by the last tick gets so many turns to come forward before the next one.
    private const int TurnsBeforeTick = 200;

    private int atEmulator;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != latency)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        _ = Interlocked.Increment(ref atEmulator);
        return base.CreateTimer(
            passed =>
            {
                _ = Interlocked.Decrement(ref atEmulator);
                callback(passed);
            },
            state,
            dueTime,
            period);
    }

    /// <summary>Lets the time pass until something is done.</summary>
    public Task<T> RunAsync<T>(RequestGovernor governor, Func<Task<T>> load) => Task.Run(async () =>
    {
        var running = Task.Run(load);
        var turns = 0;
        while (!running.IsCompleted)
        {
            var underWay = governor.UnderWay;
            var isQuiet = underWay == Volatile.Read(ref atEmulator) && (underWay > 0 || governor.Waiting > 0);
            turns = isQuiet ? turns + 1 : 0;
            if (turns == TurnsBeforeTick)
            {
                Advance(Tick);
                turns = 0;
            }

            await Task.Yield();
        }

        return await running;
    });
}
