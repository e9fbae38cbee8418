namespace Dataverse.Sync;

/// <summary>When failed records are tried again without being asked.</summary>
/// <remarks>A failed record that is edited again is tried at once, whatever the policy says.</remarks>
public sealed record RetryPolicy
{
    /// <summary>The wait after the first failure; it doubles with every further one.</summary>
    /// <value>The default is one minute.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait.</summary>
    /// <value>The default is one day.</value>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromDays(1);

    /// <summary>After how many identical failures in a row a record is skipped until somebody retries it; 0 for never. Business Central uses 2.</summary>
    /// <value>The default is 0.</value>
    public int SkipAfterIdenticalFailures { get; init; }

    internal TimeSpan DelayAfter(int attempts)
    {
        var doublings = Math.Min(attempts - 1, 30);
        var delay = FirstDelay * Math.Pow(2, Math.Max(doublings, 0));
        return delay < LongestDelay ? delay : LongestDelay;
    }
}
