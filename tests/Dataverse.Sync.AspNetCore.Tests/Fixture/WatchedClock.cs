using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.AspNetCore.Tests;

/// <summary>The clock of one process, which tells when the process looks after its subscriptions and waits again.</summary>
internal sealed class WatchedClock(FakeTimeProvider shared) : TimeProvider
{
    // No other part of the library waits for exactly this long.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private TaskCompletionSource waiting = New();
    private int timers;

    /// <summary>The number of engines that have subscriptions.</summary>
    public int Loops { get; set; } = 1;

    public override long TimestampFrequency => shared.TimestampFrequency;

    /// <summary>Completes when the process has done what it had to do and waits for the next step.</summary>
    public Task Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Task;
            }
        }
    }

    /// <summary>Forgets that the process waits.</summary>
    public void Reset()
    {
        lock (gate)
        {
            (waiting, timers) = (New(), 0);
        }
    }

    public override DateTimeOffset GetUtcNow() => shared.GetUtcNow();

    public override long GetTimestamp() => shared.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = shared.CreateTimer(callback, state, dueTime, period);
        if (dueTime == Step)
        {
            lock (gate)
            {
                _ = ++timers >= Loops && waiting.TrySetResult();
            }
        }

        return timer;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
