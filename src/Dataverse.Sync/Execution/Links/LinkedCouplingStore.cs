using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Execution;

/// <summary>
/// A coupling store in which the link of two records belongs to the pair of tables: what one mapping couples or uncouples
/// is coupled or uncoupled for every mapping over these tables. Versions and bases belong to each mapping.
/// </summary>
/// <remarks>
/// The stored couplings are those of each mapping. A coupling of another mapping is shown as a link without a base, so
/// that the pair is synchronized like one that was just coupled. Where the stored couplings of two mappings contradict each
/// other, each mapping keeps its own.
/// </remarks>
internal sealed class LinkedCouplingStore : ICouplingStore
{
    private readonly ICouplingStore inner;
    private readonly MappingLinks links;
    private readonly LinkedLeases leases;
    private readonly LinkedCommit commits;

    public LinkedCouplingStore(ICouplingStore inner, MappingLinks links)
    {
        (this.inner, this.links) = (inner, links);
        Others = new(inner, links);
        leases = new(inner);
        commits = new(inner, Others);
    }

    /// <summary>The store that holds the couplings of each mapping.</summary>
    public ICouplingStore Inner => inner;

    public MappingLinks Links => links;

    /// <summary>Reads the couplings, journal entries, and failures of the other mappings over the same tables.</summary>
    public OtherMappings Others { get; }

    public async ValueTask<IReadOnlyList<Coupling>> FindAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var own = await inner.FindAsync(key, side, ids, cancellationToken).ConfigureAwait(false);
        var (found, _) = await Others.FindLinksAsync(key, side, ids, own, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? own : [.. own, .. found];
    }

    /// <summary>
    /// Finds the records that another mapping couples with a record that this mapping couples with another one. They must
    /// neither be coupled nor created.
    /// </summary>
    public async Task<HashSet<Guid>> FindContradictedAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (links.OthersOf(key.Mapping).Count == 0)
        {
            return [];
        }

        var own = await inner.FindAsync(key, side, ids, cancellationToken).ConfigureAwait(false);
        var (_, contradicting) = await Others.FindLinksAsync(key, side, ids, own, cancellationToken).ConfigureAwait(false);
        return [.. contradicting.Select(coupling => coupling.IdOf(side))];
    }

    public IAsyncEnumerable<Coupling> ListAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.ListAsync(key, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<CouplingVersions>> ListVersionsAsync(
        MappingKey key, CancellationToken cancellationToken) => inner.ListVersionsAsync(key, cancellationToken);

    public ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.CountAsync(key, cancellationToken);

    public ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.ReadStateAsync(key, cancellationToken);

    public ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.ListIntentsAsync(key, cancellationToken);

    /// <summary>
    /// Lists the failures of a mapping, and what the other mappings over the same tables remember of uncoupled pairs.
    /// </summary>
    public async IAsyncEnumerable<RecordFailure> ListFailuresAsync(
        MappingKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var own = new HashSet<RecordKey>();
        await foreach (var failure in inner.ListFailuresAsync(key, cancellationToken).ConfigureAwait(false))
        {
            _ = own.Add(failure.Record);
            yield return failure;
        }

        await foreach (var (_, failure) in Others.ListMemoriesAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (own.Add(failure.Record))
            {
                yield return failure;
            }
        }
    }

    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        MappingKey key, bool includeResolved, CancellationToken cancellationToken) =>
        inner.ListConflictsAsync(key, includeResolved, cancellationToken);

    // What other mappings remember of uncoupled pairs is no failure that counts.
    public ValueTask<IssueCounts> CountIssuesAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.CountIssuesAsync(key, cancellationToken);

    public async ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken)
    {
        var hasOthers = links.OthersOf(commit.Lease.Key.Mapping).Count > 0;
        var linked = hasOthers ? await commits.ExtendAsync(commit, cancellationToken).ConfigureAwait(false) : commit;
        await inner.CommitAsync(linked, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<MappingLease?> TryAcquireLeaseAsync(
        MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        leases.TryAcquireAsync(key, links.OthersOf(key.Mapping), owner, duration, cancellationToken);

    public ValueTask<MappingLease?> TryRenewLeaseAsync(
        MappingLease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        leases.TryRenewAsync(lease, duration, cancellationToken);

    public ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken) =>
        leases.ReleaseAsync(lease, cancellationToken);
}
