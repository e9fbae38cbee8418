namespace Dataverse.Sync;

/// <summary>Counts what happened to the records of a run.</summary>
/// <remarks>
/// Each record or pair that a run decides about counts once as inserted, modified, deleted, unchanged, skipped, failed,
/// conflicted, or doubtful, also if recovery, both directions, and the deletions of the run decide about it: a failure
/// outweighs a conflict, a conflict a doubt, a doubt a write, and a write that nothing was written. Coupled and uncoupled
/// are counted in addition. Records that are recognized as the engine's own writes, or as unchanged by their version, are
/// counted in full runs only. Business Central: the counters of
/// Integration Synch. Job.
/// </remarks>
public sealed record SyncCounters
{
    /// <summary>Counters that are all zero.</summary>
    public static SyncCounters None { get; } = new();

    /// <summary>
    /// The number of records created on the other side, including restored ones and uncertain inserts that turned out
    /// to be done.
    /// </summary>
    public long Inserted { get; init; }

    /// <summary>The number of pairs of which at least one record was updated.</summary>
    public long Modified { get; init; }

    /// <summary>The number of records deleted because their partner was deleted.</summary>
    public long Deleted { get; init; }

    /// <summary>The number of pairs that needed no write.</summary>
    public long Unchanged { get; init; }

    /// <summary>
    /// The number of records that a rule refused, that the run does not create, or that are
    /// <see cref="RecordFailureState.Skipped"/>.
    /// </summary>
    public long Skipped { get; init; }

    /// <summary>The number of records that failed or wait for another record.</summary>
    public long Failed { get; init; }

    /// <summary>The number of pairs that were coupled because their records matched.</summary>
    public long Coupled { get; init; }

    /// <summary>The number of couplings that were removed, without those of deleted records.</summary>
    public long Uncoupled { get; init; }

    /// <summary>The number of pairs with a conflict that is recorded and not resolved.</summary>
    public long Conflicted { get; init; }

    /// <summary>
    /// The number of uncoupled records whose partner is doubtful, so that they were neither coupled nor created.
    /// </summary>
    public long Doubtful { get; init; }

    /// <summary>Adds two sets of counters.</summary>
    /// <param name="left">The first counters.</param>
    /// <param name="right">The second counters.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="ArgumentNullException">An operand is null.</exception>
    public static SyncCounters operator +(SyncCounters left, SyncCounters right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new()
        {
            Inserted = left.Inserted + right.Inserted,
            Modified = left.Modified + right.Modified,
            Deleted = left.Deleted + right.Deleted,
            Unchanged = left.Unchanged + right.Unchanged,
            Skipped = left.Skipped + right.Skipped,
            Failed = left.Failed + right.Failed,
            Coupled = left.Coupled + right.Coupled,
            Uncoupled = left.Uncoupled + right.Uncoupled,
            Conflicted = left.Conflicted + right.Conflicted,
            Doubtful = left.Doubtful + right.Doubtful,
        };
    }

    /// <summary>Returns the counters with their names in lower case, in the order of declaration.</summary>
    /// <returns>The ten names and values.</returns>
    public IReadOnlyList<KeyValuePair<string, long>> Named() =>
    [
        new("inserted", Inserted),
        new("modified", Modified),
        new("deleted", Deleted),
        new("unchanged", Unchanged),
        new("skipped", Skipped),
        new("failed", Failed),
        new("coupled", Coupled),
        new("uncoupled", Uncoupled),
        new("conflicted", Conflicted),
        new("doubtful", Doubtful),
    ];

    /// <summary>Adds two sets of counters.</summary>
    /// <param name="left">The first counters.</param>
    /// <param name="right">The second counters.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="ArgumentNullException">An operand is null.</exception>
    public static SyncCounters Add(SyncCounters left, SyncCounters right) => left + right;
}
