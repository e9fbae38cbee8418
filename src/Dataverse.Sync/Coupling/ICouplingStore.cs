using System.Runtime.CompilerServices;

namespace Dataverse.Sync;

/// <summary>Stores the couplings, bases, journal, failures, conflicts, checkpoints, and leases of mappings.</summary>
/// <remarks>
/// <para>The store is the only memory of the engine between runs. <see cref="CommitAsync"/> is atomic and durable: a
/// crash before it returns leaves all or nothing of the commit, and a crash afterward loses nothing of it.
/// Implementations must be safe for concurrent use and must document whether several processes may share a
/// store.</para>
/// <para>A store must notice if its contents were lost or put back to an earlier state while it is in use, and throw
/// with <see cref="CouplingStoreFailure.Replaced"/>. It removes the values of conflicts a while after they were resolved
/// or lapsed; see <see cref="RecordConflict.RemoveValues"/>.</para>
/// <para>Implementations throw <see cref="CouplingStoreException"/> if they cannot read or write. A call whose token is
/// already cancelled changes nothing. The conformance suite in <c>tests/Dataverse.Sync.Conformance</c> checks what is
/// stated here.</para>
/// </remarks>
public interface ICouplingStore
{
    /// <summary>Finds the couplings of records.</summary>
    /// <param name="key">The mapping.</param>
    /// <param name="side">The side of the records.</param>
    /// <param name="ids">
    /// The ids of the records on that side. A page may have thousands; duplicates are allowed.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The couplings that exist, each once and in any order.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    ValueTask<IReadOnlyList<Coupling>> FindAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Lists all couplings of a mapping.</summary>
    /// <remarks>
    /// Each coupling that exists during the whole enumeration is listed once. The memory used must not grow with their
    /// number.
    /// </remarks>
    /// <param name="key">The mapping.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The couplings in any order.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    IAsyncEnumerable<Coupling> ListAsync(MappingKey key, CancellationToken cancellationToken);

    /// <summary>Lists the ids and versions of all couplings of a mapping, in pages.</summary>
    /// <remarks>
    /// The engine compares them with the keys of a table, so that their bases are not needed. Otherwise the list is that of
    /// <see cref="ListAsync"/>, from which the default implementation makes it. A store that can list them without reading
    /// the bases does so.
    /// </remarks>
    /// <param name="key">The mapping.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The ids and versions in any order; no page is empty.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    async IAsyncEnumerable<IReadOnlyList<CouplingVersions>> ListVersionsAsync(
        MappingKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int PageSize = 1_000;
        await foreach (var page in ListAsync(key, cancellationToken).Chunk(PageSize).ConfigureAwait(false))
        {
            yield return new VersionPage(page);
        }
    }

    /// <summary>Counts the couplings of a mapping.</summary>
    /// <param name="key">The mapping.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The number of couplings.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken);

    /// <summary>Reads the checkpoints of a mapping and the times of its scans.</summary>
    /// <param name="key">The mapping.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The state, or <see cref="MappingState.Initial"/> if none was stored.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken);

    /// <summary>Lists the journal of a mapping in the order in which its entries were added.</summary>
    /// <param name="key">The mapping.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entries.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken);

    /// <summary>Lists the failed records of a mapping, the longest failing first.</summary>
    /// <param name="key">The mapping.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The failures.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    IAsyncEnumerable<RecordFailure> ListFailuresAsync(MappingKey key, CancellationToken cancellationToken);

    /// <summary>Lists the conflicts of a mapping, oldest first.</summary>
    /// <param name="key">The mapping.</param>
    /// <param name="includeResolved">Whether to list resolved and lapsed conflicts in addition to open ones.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The conflicts.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        MappingKey key, bool includeResolved, CancellationToken cancellationToken);

    /// <summary>Counts the failed records and the open conflicts of a mapping.</summary>
    /// <remarks>
    /// The default implementation lists them. A store that can count does so, because monitoring asks often.
    /// </remarks>
    /// <param name="key">The mapping.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    async ValueTask<IssueCounts> CountIssuesAsync(MappingKey key, CancellationToken cancellationToken)
    {
        var failures = new Dictionary<RecordFailureState, long>();
        await foreach (var failure in ListFailuresAsync(key, cancellationToken).ConfigureAwait(false))
        {
            failures[failure.State] = failures.GetValueOrDefault(failure.State) + 1;
        }

        var conflicts = ListConflictsAsync(key, includeResolved: false, cancellationToken);
        return IssueCounts.Of(failures, await conflicts.LongCountAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Applies everything in a commit, or nothing.</summary>
    /// <param name="commit">The changes and the lease under which they are made.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the commit is durable.</returns>
    /// <exception cref="LeaseLostException">
    /// The lease is not the current one of the mapping: it was taken over, acquired again, or released. A lease that
    /// expired but was not taken over still counts.
    /// </exception>
    /// <exception cref="CouplingStoreException">
    /// A record would be in two couplings, or the store cannot write.
    /// </exception>
    ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken);

    /// <summary>Acquires the lease of a mapping.</summary>
    /// <remarks>
    /// An owner that already holds the lease receives a new one with a new token; its previous lease is no longer
    /// valid.
    /// </remarks>
    /// <param name="key">The mapping.</param>
    /// <param name="owner">The name of the owner, unique to a run.</param>
    /// <param name="duration">How long the lease is valid without a renewal; positive.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The lease, or null while the lease of another owner is valid.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    ValueTask<MappingLease?> TryAcquireLeaseAsync(
        MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Renews a lease, so that it is valid for a period from now.</summary>
    /// <remarks>A lease that expired but was not taken over is renewed as well.</remarks>
    /// <param name="lease">The lease.</param>
    /// <param name="duration">How long the lease is valid without another renewal; positive.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The renewed lease with the same token, or null if it was taken over or released.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    ValueTask<MappingLease?> TryRenewLeaseAsync(
        MappingLease lease, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Releases the lease. Does nothing if another owner has taken it over.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the lease is released.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken);
}
