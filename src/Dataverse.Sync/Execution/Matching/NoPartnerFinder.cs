namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds no partners, because the mapping has no match fields or the other pass has already matched everything.
/// </summary>
internal sealed class NoPartnerFinder : IPartnerFinder
{
    public static NoPartnerFinder Instance { get; } = new();

    public Task<Dictionary<Candidate, Guid>> FindAsync(
        IReadOnlyList<Candidate> searching, HashSet<Guid> taken, CancellationToken cancellationToken) =>
        Task.FromResult(new Dictionary<Candidate, Guid>());
}
