namespace Dataverse.Sync.Shared;

/// <summary>What one server of a service has counted of our requests, and what it last said to be left.</summary>
/// <remarks>
/// A request counts until a whole window after its answer. It reached the server no later than that, so whatever the
/// delays on the way are, no window of the server holds more than was counted here.
/// </remarks>
internal sealed class ServerWindow(TimeSpan window)
{
    /// <summary>
    /// The share of a window for which what a server said holds as it is; others' requests seldom end all at once.
    /// </summary>
    private const double SettledShare = 0.1;

    private readonly Queue<(TimeSpan Until, double Cost)> entries = new();
    private double granted;
    private TimeSpan? grantedAt;
    private TimeSpan seenAt;

    public double Used { get; private set; }

    public bool IsEmpty => entries.Count == 0;

    /// <summary>When the oldest request stops to count; never where there is none.</summary>
    public TimeSpan NextExpiry => entries.TryPeek(out var oldest) ? oldest.Until : TimeSpan.MaxValue;

    /// <summary>Whether the server has ever said what is left.</summary>
    public bool IsReporting => grantedAt is not null;

    public void Count(double cost, TimeSpan now)
    {
        seenAt = now;
        entries.Enqueue((now + window, cost));
        Used += cost;
    }

    /// <summary>Notes how much the server grants us, all that others take left out.</summary>
    public void Grant(double amount, TimeSpan now) => (granted, grantedAt) = (amount, now);

    /// <summary>
    /// What the server grants at a time: what it last said, giving way to the usual amount as that grows old.
    /// </summary>
    public double GrantAt(TimeSpan time, double usual) => usual + ((granted - usual) * Freshness(time));

    /// <summary>When the grant will have come back to an amount; never where others do not hold it down.</summary>
    public TimeSpan GrantReaches(double amount, double usual) => grantedAt is { } at && granted < amount && amount <= usual
        ? at + (window * (SettledShare + ((1 - SettledShare) * (amount - granted) / (usual - granted))))
        : TimeSpan.MaxValue;

    /// <summary>
    /// Forgets the requests that the server no longer counts, and tells whether the server itself can be forgotten.
    /// </summary>
    public bool Forget(TimeSpan now)
    {
        while (entries.TryPeek(out var oldest) && oldest.Until <= now)
        {
            Used -= entries.Dequeue().Cost;
        }

        if (entries.Count > 0)
        {
            return false;
        }

        Used = 0;
        return seenAt + window <= now;
    }

    private double Freshness(TimeSpan time) =>
        grantedAt is { } at ? Math.Clamp((1 - ((time - at) / window)) / (1 - SettledShare), 0, 1) : 0;
}
