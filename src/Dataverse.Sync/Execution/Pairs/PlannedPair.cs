namespace Dataverse.Sync.Execution;

/// <summary>A pair with the plan for it.</summary>
internal readonly record struct PlannedPair(Pair Pair, PairPlan Plan);
