namespace Dataverse.Sync;

/// <summary>Specifies when failed records are tried again automatically.</summary>
/// <remarks>
/// Due records are tried again by the next run of modified records; a full run tries all failed records. A failed
/// record that is edited is tried again in the next run, whatever the policy says. None of this applies to records that
/// are skipped.
/// </remarks>
public sealed record RetryPolicy
{
    /// <summary>The delay after the first failure. It doubles with every further failure with the same error.</summary>
    /// <value>From zero to <see cref="LongestDelay"/>. The default is one minute.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The upper limit of the delay.</summary>
    /// <value>From zero to 3,650 days. The default is one day.</value>
    /// <remarks>
    /// A record that waits for another is tried again when that one is coupled, and after this delay at the latest.
    /// </remarks>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The number of consecutive failures with the same error after which a record is skipped.</summary>
    /// <value>At least 0. The default is 0, which never skips a record. Business Central uses 2.</value>
    /// <remarks>
    /// A skipped record is not tried again until somebody calls <see cref="SyncIssues.RetryAsync"/> or a run sets
    /// <see cref="SyncRunOptions.RetriesAllFailures"/>. Records that wait for another are not skipped.
    /// </remarks>
    public int SkipAfterIdenticalFailures { get; init; }

    internal TimeSpan DelayAfter(int attempts)
    {
        var doublings = Math.Min(attempts - 1, 30);
        var delay = FirstDelay * Math.Pow(2, Math.Max(doublings, 0));
        return delay < LongestDelay ? delay : LongestDelay;
    }
}
