namespace Dataverse.Sync.Execution;

/// <summary>Finds the partners of uncoupled records by the mapping's match fields.</summary>
internal interface IPartnerFinder
{
    /// <summary>Adds to <paramref name="found"/> the partner of each record that has exactly one, and marks it as taken.</summary>
    Task FindAsync(IReadOnlyList<PairWork> searching, HashSet<Guid> taken, Dictionary<PairWork, Guid> found, CancellationToken cancellationToken);
}
