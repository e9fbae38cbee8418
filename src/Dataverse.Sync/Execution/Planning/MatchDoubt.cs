namespace Dataverse.Sync.Execution;

/// <summary>Why it is doubtful which partner a record has.</summary>
/// <param name="Reason">The reason, as an error of the record.</param>
/// <param name="Candidates">The records that cause the doubt; at least one.</param>
internal sealed record MatchDoubt(SyncError Reason, IReadOnlyList<MatchCandidate> Candidates)
{
    /// <summary>Adds the records of another doubt about the same record.</summary>
    public MatchDoubt With(MatchDoubt other) =>
        this with { Candidates = [.. Candidates.UnionBy(other.Candidates, candidate => candidate.Record)] };
}
