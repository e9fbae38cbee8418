namespace Dataverse.Sync;

/// <summary>What happened to the records of a run.</summary>
/// <remarks>
/// Every record or pair that a run decides about counts once as inserted, modified, deleted, unchanged, skipped, failed, or conflicted;
/// coupled and uncoupled count beside that. Records that a run drops as its own echo are not counted.
/// </remarks>
public sealed record SyncCounters
{
    /// <summary>All counters at zero.</summary>
    public static SyncCounters None { get; } = new();

    /// <summary>Records created on the other side.</summary>
    public long Inserted { get; init; }

    /// <summary>Pairs of which at least one side was changed.</summary>
    public long Modified { get; init; }

    /// <summary>Records deleted because their partner was.</summary>
    public long Deleted { get; init; }

    /// <summary>Pairs that agreed already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Records left out for a reason: a rule, the mapping's policy, or a failure that is skipped.</summary>
    public long Skipped { get; init; }

    /// <summary>Records that failed or wait for another.</summary>
    public long Failed { get; init; }

    /// <summary>Pairs coupled because the records matched.</summary>
    public long Coupled { get; init; }

    /// <summary>Couplings removed.</summary>
    public long Uncoupled { get; init; }

    /// <summary>Pairs with a conflict that was recorded and waits for a decision.</summary>
    public long Conflicted { get; init; }

    /// <summary>Adds two counts.</summary>
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
        };
    }

    /// <summary>The counters with their names in lower case, in the order of declaration.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Named() =>
    [
        new("inserted", Inserted), new("modified", Modified), new("deleted", Deleted), new("unchanged", Unchanged), new("skipped", Skipped),
        new("failed", Failed), new("coupled", Coupled), new("uncoupled", Uncoupled), new("conflicted", Conflicted),
    ];

    /// <summary>Adds two counts.</summary>
    public static SyncCounters Add(SyncCounters left, SyncCounters right) => left + right;
}
