namespace Dataverse.Sync.Shared;

/// <summary>The time after which a request that must not be repeated is not sent.</summary>
/// <remarks>
/// The time now is the later one of two clocks: the wall clock, and the wall clock at the start plus the time that has
/// passed on the monotonic clock. A suspended machine may stop the monotonic clock, and a corrected wall clock may move
/// back. A deadline that has passed stays passed. Safe for concurrent use.
/// </remarks>
/// <param name="sendBefore">The time; null for no limit.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class SendDeadline(DateTimeOffset? sendBefore, TimeProvider timeProvider)
{
    private readonly DateTimeOffset start = timeProvider.GetUtcNow();
    private readonly long timestamp = timeProvider.GetTimestamp();
    private volatile bool isOver;

    /// <summary>Whether the time is over.</summary>
    public bool HasPassed => isOver || (isOver = sendBefore is { } end && Now > end);

    /// <summary>The clock by which the time passes.</summary>
    public TimeProvider Clock => timeProvider;

    /// <summary>The time that is left, zero when it is over; null for no limit.</summary>
    public TimeSpan? Left => sendBefore is not { } end ? null : HasPassed ? TimeSpan.Zero : end - Now;

    private DateTimeOffset Now
    {
        get
        {
            var wall = timeProvider.GetUtcNow();
            var monotonic = start + timeProvider.GetElapsedTime(timestamp);
            return wall > monotonic ? wall : monotonic;
        }
    }
}
