namespace Dataverse.Sync.Execution;

/// <summary>The hits of one match group for the records of a page.</summary>
/// <param name="Group">The group.</param>
/// <param name="Forms">The forms in which its values are matched.</param>
/// <param name="Searched">The records, all of one side.</param>
/// <param name="Hits">The records of the other side that match each of them.</param>
/// <param name="Assigned">The partners that this run has already assigned. Those found are added.</param>
internal sealed record GroupSearch(
    MatchGroup Group,
    MatchForms Forms,
    IReadOnlyList<SearchedRecord> Searched,
    IReadOnlyDictionary<Candidate, IReadOnlyList<MatchHit>> Hits,
    AssignedPartners Assigned)
{
    /// <summary>The side of the records.</summary>
    public SyncSide Source => Searched[0].Candidate.Source;
}
