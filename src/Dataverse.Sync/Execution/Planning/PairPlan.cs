namespace Dataverse.Sync.Execution;

/// <summary>The planner's answer: operations, conflicts, and the base if all of it is done.</summary>
internal sealed record PairPlan
{
    public required PlanOutcome Outcome { get; init; }

    /// <summary>The fields to write to each side; empty where nothing is written.</summary>
    public Sides<IReadOnlyList<FieldWrite>> Writes { get; init; } = new([], []);

    public IReadOnlyList<FieldWrite> LocalWrites => Writes.Local;

    public IReadOnlyList<FieldWrite> IntegrationWrites => Writes.Integration;

    /// <summary>What the base becomes; null when nothing is to be stored.</summary>
    public SynchronizedBase? NextBase { get; init; }

    /// <summary>The fields changed on both sides, decided or not.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; init; } = [];

    public SyncError? Error { get; init; }

    public AwaitedCoupling? Awaited { get; init; }

    /// <summary>Whether the pair is neither written nor coupled: it fails or is skipped.</summary>
    public bool EndsWay => Outcome is PlanOutcome.Failed or PlanOutcome.Skipped;

    public static PairPlan Fail(SyncError error, AwaitedCoupling? awaited = null) =>
        new() { Outcome = PlanOutcome.Failed, Error = error, Awaited = awaited };

    public static PairPlan Skip(string code, string reason) =>
        new() { Outcome = PlanOutcome.Skipped, Error = new SyncError(code, reason) };

    public IReadOnlyList<FieldWrite> WritesTo(SyncSide side) => Writes[side];

    public PairPlan WithWrites(SyncSide side, IReadOnlyList<FieldWrite> writes) =>
        this with { Writes = Writes.With(side, writes) };
}
