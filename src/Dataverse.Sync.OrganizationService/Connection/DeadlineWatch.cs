using Dataverse.Sync.Shared;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Cancels a call when its time is over, because the client may still wait to send it.</summary>
/// <remarks>
/// A client that repeats throttled requests itself may hold one back for minutes. It gives up when its token is canceled.
/// Whether the call was made before is decided by reading, as after a lost answer.
/// </remarks>
internal sealed class DeadlineWatch : IDisposable
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource source;
    private readonly SendDeadline? deadline;
    private readonly ITimer? timer;

    /// <summary>Watches a call.</summary>
    /// <param name="deadline">The time of the call; null for no limit.</param>
    /// <param name="timers">Wakes the watch; the deadline's own clock decides.</param>
    /// <param name="cancellationToken">Cancels the call too.</param>
    public DeadlineWatch(SendDeadline? deadline, TimeProvider timers, CancellationToken cancellationToken)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        this.deadline = deadline;
        if (deadline?.Left is { } left)
        {
            timer = timers.CreateTimer(_ => Check(), null, Fit(left), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The token for the service.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        timer?.Dispose();
        source.Dispose();
    }

    private static TimeSpan Fit(TimeSpan wait) =>
        wait < ShortestWait ? ShortestWait : wait < LongestWait ? wait : LongestWait;

    // The deadline's clock decides, which a timer need not follow exactly.
    private void Check()
    {
        try
        {
            if (deadline!.HasPassed)
            {
                source.Cancel();
            }
            else
            {
                _ = timer?.Change(Fit(deadline.Left ?? LongestWait), Timeout.InfiniteTimeSpan);
            }
        }
        catch (ObjectDisposedException)
        {
            // The call has ended.
        }
    }
}
