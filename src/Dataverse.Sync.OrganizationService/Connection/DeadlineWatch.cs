using Dataverse.Sync.Shared;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Cancels a call when its time is over, because the client may still wait to send it.</summary>
/// <remarks>
/// A client that repeats throttled requests itself may hold one back for minutes. It gives up when its token is canceled.
/// Whether the call was made before is decided by reading, as after a lost answer. A machine that was suspended notices
/// when it wakes up: the deadline's clock is looked at again and again, besides the alarm that it gives.
/// </remarks>
internal sealed class DeadlineWatch : IDisposable
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource source;
    private readonly SendDeadline? deadline;
    private readonly Timer? look;
    private readonly ITimer? alarm;

    /// <summary>Watches a call.</summary>
    /// <param name="deadline">The time of the call; null for no limit.</param>
    /// <param name="isHeldBack">Whether the client is known to hold calls back, so that the clock gives an alarm.</param>
    /// <param name="cancellationToken">Cancels the call too.</param>
    public DeadlineWatch(SendDeadline? deadline, bool isHeldBack, CancellationToken cancellationToken)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        this.deadline = deadline;
        if (deadline?.Left is { } left)
        {
            look = new Timer(_ => Check(), null, Interval, Interval);
            alarm = isHeldBack ? deadline.Clock.CreateTimer(_ => Check(), null, Fit(left), Timeout.InfiniteTimeSpan) : null;
        }
    }

    /// <summary>The token for the service.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        look?.Dispose();
        alarm?.Dispose();
        source.Dispose();
    }

    // The moment itself is still in time.
    private static TimeSpan Fit(TimeSpan left) => left < LongestWait ? left + ShortestWait : LongestWait;

    private void Check()
    {
        try
        {
            if (deadline!.HasPassed)
            {
                source.Cancel();
            }
        }
        catch (ObjectDisposedException)
        {
            // The call has ended.
        }
    }
}
