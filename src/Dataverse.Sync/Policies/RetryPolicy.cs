namespace Dataverse.Sync;

/// <summary>When failed records are tried again without being asked.</summary>
/// <remarks>
/// A failed record that is edited again is tried at once, whatever the policy says. The policy is checked with its mapping, at the
/// mapping's first use.
/// </remarks>
public sealed record RetryPolicy
{
    private const int MostDoublings = 62;

    /// <summary>The delay after the first failure; it doubles with every further one, up to <see cref="LongestDelay"/>.</summary>
    /// <value>From zero to <see cref="LongestDelay"/>. The default is one minute.</value>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest delay.</summary>
    /// <value>Up to 3,650 days. The default is one day.</value>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// The number of identical failures in a row after which a record is skipped until somebody retries it. Business Central uses 2.
    /// </summary>
    /// <value>0 never skips a record and is the default.</value>
    public int SkipAfterIdenticalFailures { get; init; }

    // The product is compared as a floating-point number because it may be longer than any TimeSpan.
    internal TimeSpan DelayAfter(int attempts)
    {
        var ticks = FirstDelay.Ticks * Math.Pow(2, Math.Clamp(attempts - 1, 0, MostDoublings));
        return ticks < LongestDelay.Ticks ? TimeSpan.FromTicks((long)ticks) : LongestDelay;
    }
}
