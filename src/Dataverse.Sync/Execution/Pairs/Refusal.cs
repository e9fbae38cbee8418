namespace Dataverse.Sync.Execution;

/// <summary>A record whose way ended before it was planned.</summary>
/// <param name="Candidate">The record.</param>
/// <param name="Plan">Why: a plan that fails or skips it.</param>
internal sealed record Refusal(Candidate Candidate, PairPlan Plan);
