namespace Dataverse.Sync.Hosting;

/// <summary>Which entries start. Without a clock, and without input or output.</summary>
internal static class EntryPlan
{
    /// <summary>The longest time for which an owner keeps an entry without renewing it.</summary>
    public static readonly TimeSpan LongestOwnership = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether the entry is in process, but nobody has renewed it in time; or it is owned for longer than an owner can want,
    /// because a clock ran ahead that was set back since.
    /// </summary>
    public static bool IsAbandoned(StoredJobQueueEntry entry, DateTimeOffset now) =>
        entry.State == JobQueueEntryState.InProcess
        && !(entry.OwnedUntil > now && !IsTooFarAhead(entry.OwnedUntil.Value - now, entry.OwnershipDuration));

    /// <summary>Whether a full synchronization that is to be run once is still to end.</summary>
    public static bool IsPendingFull(StoredJobQueueEntry entry) =>
        entry is { IsOneTime: true, State: JobQueueEntryState.Ready or JobQueueEntryState.InProcess };

    /// <summary>
    /// Chooses the entries to start: those that are due and wait neither for one in process nor for one that is due
    /// before them.
    /// </summary>
    /// <remarks>
    /// An entry whose parents have all run since it became due has had what it waits for. It goes before them, even if it
    /// still waits for one in process. Otherwise parents with short intervals would leave it no moment to start.
    /// </remarks>
    /// <param name="entries">All entries of the scope.</param>
    /// <param name="order">The mappings.</param>
    /// <param name="canStart">Whether an entry may be started at all.</param>
    /// <param name="now">The present time.</param>
    public static IReadOnlyList<StoredJobQueueEntry> Choose(
        IReadOnlyList<StoredJobQueueEntry> entries,
        MappingOrder order,
        Predicate<StoredJobQueueEntry> canStart,
        DateTimeOffset now)
    {
        var ahead = entries.Where(entry => entry.State == JobQueueEntryState.InProcess)
            .Select(entry => entry.Mapping).ToList();
        List<StoredJobQueueEntry> due =
        [
            .. entries.Where(entry => IsDue(entry, now) && canStart(entry))
                .OrderBy(entry => order.PlaceOf(entry.Mapping))
                .ThenByDescending(entry => entry.IsOneTime)
                .ThenBy(entry => entry.Name, StringComparer.Ordinal),
        ];
        var overtaken = due.Where((entry, place) => IsOvertaken(entry, due.Take(place), order)).ToList();
        var chosen = new List<StoredJobQueueEntry>();
        foreach (var entry in overtaken.Concat(due.Except(overtaken)))
        {
            if (!ahead.Exists(other => order.WaitsFor(entry.Mapping, other)) && !Yields(entry, overtaken, order))
            {
                chosen.Add(entry);
            }

            ahead.Add(entry.Mapping);
        }

        return chosen;
    }

    // Clocks may differ by as much as the duration, as in the other direction, in which a living owner would be taken for a dead
    // one. An owner that does not tell its duration, such as one of an earlier version, may have the longest.
    private static bool IsTooFarAhead(TimeSpan left, TimeSpan? duration) =>
        left - (duration ?? LongestOwnership) > (duration ?? LongestOwnership);

    // Those that are due before the entry, and for which it waits, have run since it became due.
    private static bool IsOvertaken(
        StoredJobQueueEntry entry, IEnumerable<StoredJobQueueEntry> before, MappingOrder order)
    {
        var waitedFor = before.Where(other => order.WaitsFor(entry.Mapping, other.Mapping)).ToList();
        return waitedFor.Count > 0 && waitedFor.TrueForAll(other => other.LastFinishedOn > entry.EarliestStartOn);
    }

    private static bool Yields(StoredJobQueueEntry entry, List<StoredJobQueueEntry> overtaken, MappingOrder order) =>
        !overtaken.Contains(entry) && overtaken.Exists(other => order.WaitsFor(other.Mapping, entry.Mapping));

    private static bool IsDue(StoredJobQueueEntry entry, DateTimeOffset now) =>
        entry.State is JobQueueEntryState.Ready or JobQueueEntryState.OnHoldWithInactivityTimeout
        && !(entry.EarliestStartOn > now);
}
