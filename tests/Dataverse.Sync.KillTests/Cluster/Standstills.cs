namespace Dataverse.Sync.KillTests;

/// <summary>Measures for how long entries stand still: they are due, or their owner is dead.</summary>
internal sealed class Standstills
{
    private readonly Dictionary<string, DateTimeOffset> idleSince = [];
    private readonly Dictionary<string, DateTimeOffset> ownerlessSince = [];

    /// <summary>The longest time from which on an entry could have been in process until a living worker had it.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>The entry that stood still for the longest time.</summary>
    public string? LongestOf { get; private set; }

    /// <summary>The longest time for which an entry belonged to a dead worker.</summary>
    public TimeSpan LongestOwnerless { get; private set; }

    public void See(StoredJobQueueEntry entry, bool hasLivingOwner, DateTimeOffset now)
    {
        var isOwnerless = entry.State == JobQueueEntryState.InProcess && !hasLivingOwner;
        var isDue = entry.State == JobQueueEntryState.Ready && !(entry.EarliestStartOn > now);
        LongestOwnerless = Max(LongestOwnerless, Measure(ownerlessSince, entry.Name, isOwnerless, now, now));
        var idle = Measure(idleSince, entry.Name, isOwnerless || isDue, isDue ? entry.EarliestStartOn ?? now : now, now);
        if (idle > Longest)
        {
            (Longest, LongestOf) = (idle, entry.Name);
        }
    }

    public override string ToString() =>
        $"longestStandstill={Longest.TotalSeconds:0.0}s ({LongestOf}) longestOwnerless={LongestOwnerless.TotalSeconds:0.0}s";

    private static TimeSpan Measure(
        Dictionary<string, DateTimeOffset> since, string name, bool standsStill, DateTimeOffset start, DateTimeOffset now)
    {
        if (!standsStill)
        {
            _ = since.Remove(name);
            return TimeSpan.Zero;
        }

        _ = since.TryAdd(name, start);
        return now - since[name];
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
