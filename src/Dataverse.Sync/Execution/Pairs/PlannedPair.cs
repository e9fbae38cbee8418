namespace Dataverse.Sync.Execution;

/// <summary>A pair with its plan.</summary>
internal readonly record struct PlannedPair(Pair Pair, PairPlan Plan);
