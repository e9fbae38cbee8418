namespace Dataverse.Sync.Execution;

internal static class CandidateExtensions
{
    /// <summary>Counts the pair of a record, or the record if it has no partner.</summary>
    public static void Count(this PairCounter counter, Candidate candidate, PlanOutcome outcome)
    {
        if (candidate.Coupling is { } coupling)
        {
            counter.Count(coupling, outcome);
        }
        else
        {
            counter.Count(candidate.Key, outcome);
        }
    }
}
