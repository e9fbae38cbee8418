namespace Dataverse.Sync.Execution;

/// <summary>A pair whose writes were sent, with the results.</summary>
/// <param name="Write">The pair and its writes.</param>
/// <param name="Results">The result of the write to each side, or null if there was none.</param>
internal readonly record struct WrittenPair(PairWrite Write, Sides<WriteResult?> Results)
{
    /// <summary>A pair of which nothing is written in this round.</summary>
    public static WrittenPair NotWritten(Pair pair, PairPlan plan) => new(new(pair, plan, default, default), default);

    public Pair Pair => Write.Pair;

    public PairPlan Plan => Write.Plan;

    /// <summary>The writes of all rounds about which a rule failed when it was told.</summary>
    public IReadOnlyList<RuleComplaint> Complaints => Pair.History.Complaints;

    /// <summary>The one side whose write was applied, or null if none was or both were.</summary>
    public SyncSide? OnlyAppliedSide => (IsApplied(SyncSide.Local), IsApplied(SyncSide.Integration)) switch
    {
        (true, false) => SyncSide.Local,
        (false, true) => SyncSide.Integration,
        _ => null,
    };

    public bool IsApplied(SyncSide side) => HasStatus(side, WriteStatus.Applied);

    /// <summary>Whether a side was written with a result.</summary>
    public bool HasStatus(SyncSide side, WriteStatus status) => Results[side]?.Status == status;
}
