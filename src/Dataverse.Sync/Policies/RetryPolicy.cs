namespace Dataverse.Sync;

/// <summary>Specifies when failed records are tried again automatically.</summary>
/// <remarks>
/// <para>Due records are tried again by the next run of modified records; a full run tries all failed records. A failed
/// record that is edited is tried again in the next run, whatever the policy says. None of this applies to records that
/// are skipped.</para>
/// <para>The policy is validated together with its mapping when that is first used.</para>
/// </remarks>
public sealed record RetryPolicy
{
    private const int MostDoublings = 62;

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
    /// <see cref="SyncRunOptions.RetriesAllFailures"/>. Records that wait for another, and
    /// records that were refused for a temporary reason, are not skipped.
    /// </remarks>
    public int SkipAfterIdenticalFailures { get; init; }

    // The product is compared as a floating-point number because it may be longer than any TimeSpan.
    internal TimeSpan DelayAfter(int attempts)
    {
        var ticks = FirstDelay.Ticks * Math.Pow(2, Math.Clamp(attempts - 1, 0, MostDoublings));
        return ticks < LongestDelay.Ticks ? TimeSpan.FromTicks((long)ticks) : LongestDelay;
    }
}
