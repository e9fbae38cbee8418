namespace Dataverse.Sync.Execution;

/// <summary>The result of planning: the writes, the conflicts, and the base after all writes are applied.</summary>
internal sealed record PairPlan
{
    public required PlanOutcome Outcome { get; init; }

    /// <summary>The fields to write to each side; empty if nothing is written.</summary>
    public Sides<IReadOnlyList<FieldWrite>> Writes { get; init; } = new([], []);

    public IReadOnlyList<FieldWrite> LocalWrites => Writes.Local;

    public IReadOnlyList<FieldWrite> IntegrationWrites => Writes.Integration;

    /// <summary>The next base, or null if nothing is stored.</summary>
    public SynchronizedBase? NextBase { get; init; }

    /// <summary>The fields changed on both sides, resolved or not.</summary>
    public IReadOnlyList<FieldConflict> Conflicts { get; init; } = [];

    /// <summary>
    /// The fields whose first synchronization overwrites a value. They are kept as resolved conflicts.
    /// </summary>
    public IReadOnlyList<FieldConflict> Losers { get; init; } = [];

    /// <summary>The conflicts and the losers: everything that is recorded.</summary>
    public IReadOnlyList<FieldConflict> Recorded => Losers.Count == 0 ? Conflicts : [.. Conflicts, .. Losers];

    /// <summary>The references that are blank until their records are coupled, or null if there are none.</summary>
    public ClearedReference? Cleared { get; init; }

    /// <summary>The writes of texts that were cut to the length of their field.</summary>
    public IReadOnlyList<FieldWrite> CutTexts { get; init; } = [];

    /// <summary>Why fields are left out whose values have no counterpart; empty if there are none.</summary>
    public IReadOnlyList<SyncError> LeftOut { get; init; } = [];

    public SyncError? Error { get; init; }

    public AwaitedCoupling? Awaited { get; init; }

    /// <summary>Whether the pair is skipped until a record outside the filter is within it again.</summary>
    public bool WaitsForFilter { get; init; }

    /// <summary>Whether what is remembered about the uncoupled record remains.</summary>
    public bool StaysUncoupled { get; init; }

    /// <summary>The records that make the partner doubtful; empty if there is no doubt.</summary>
    public IReadOnlyList<MatchCandidate> Candidates { get; init; } = [];

    /// <summary>Whether the pair fails or is skipped, so that it is neither written nor coupled.</summary>
    public bool EndsWay => Outcome is PlanOutcome.Failed or PlanOutcome.Skipped;

    public static PairPlan Fail(SyncError error, AwaitedCoupling? awaited = null) =>
        new() { Outcome = PlanOutcome.Failed, Error = error, Awaited = awaited };

    public static PairPlan Doubt(MatchDoubt doubt) =>
        new() { Outcome = PlanOutcome.Doubtful, Error = doubt.Reason, Candidates = doubt.Candidates };

    public static PairPlan Skip(string code, string reason) =>
        new() { Outcome = PlanOutcome.Skipped, Error = new SyncError(code, reason) };

    public static PairPlan StayUncoupled(SyncError reason) =>
        new() { Outcome = PlanOutcome.Skipped, Error = reason, StaysUncoupled = true };

    /// <summary>Returns a list of a plan, or an empty one that is not allocated if there is none, as in most plans.</summary>
    /// <remarks><c>list ?? []</c> would create a list for each plan.</remarks>
    public static IReadOnlyList<T> OrNone<T>(List<T>? list) => list ?? (IReadOnlyList<T>)[];

    public IReadOnlyList<FieldWrite> WritesTo(SyncSide side) => Writes[side];
}
