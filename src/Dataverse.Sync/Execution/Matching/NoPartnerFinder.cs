namespace Dataverse.Sync.Execution;

/// <summary>Finds nobody: the mapping has no match fields, or the other pass has matched everything already.</summary>
internal sealed class NoPartnerFinder : IPartnerFinder
{
    public static NoPartnerFinder Instance { get; } = new();

    public Task FindAsync(IReadOnlyList<PairWork> searching, HashSet<Guid> taken, Dictionary<PairWork, Guid> found, CancellationToken cancellationToken) => Task.CompletedTask;
}
