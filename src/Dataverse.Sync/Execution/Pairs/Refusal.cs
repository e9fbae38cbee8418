namespace Dataverse.Sync.Execution;

/// <summary>A record that failed or was skipped before it was planned.</summary>
/// <param name="Candidate">The record.</param>
/// <param name="Plan">The plan that fails or skips the record.</param>
internal sealed record Refusal(Candidate Candidate, PairPlan Plan)
{
    /// <summary>Whether the record is counted. One that waits for its match is counted with it.</summary>
    public bool IsCounted { get; init; } = true;
}
