namespace Dataverse.Sync;

/// <summary>Keeps couplings, bases, the journal, failures, conflicts, checkpoints, and leases.</summary>
/// <remarks>
/// <para>A store is the engine's only memory. <see cref="CommitAsync"/> is atomic and durable: after it returns, a crash loses nothing of it;
/// before it returns, a crash leaves all or nothing. Implementations are safe for concurrent calls and for several processes where they say so.</para>
/// <para>Implementations throw <see cref="CouplingStoreException"/> for everything that keeps them from answering, and
/// <see cref="LeaseLostException"/> for a commit under a lease that another owner took over.</para>
/// </remarks>
public interface ICouplingStore
{
    /// <summary>Finds the couplings of records of one side; records without one are absent from the answer.</summary>
    /// <remarks>Each coupling comes once, in no particular order, also when its record is named twice.</remarks>
    ValueTask<IReadOnlyList<Coupling>> FindAsync(MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>Lists all couplings of a mapping, each once, as of some moment during the listing.</summary>
    /// <remarks>Streams: the memory needed does not grow with the number of couplings.</remarks>
    IAsyncEnumerable<Coupling> ListAsync(MappingKey key, CancellationToken cancellationToken);

    /// <summary>Counts the couplings of a mapping.</summary>
    ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken);

    /// <summary>Reads how far a mapping has come; <see cref="MappingState.Initial"/> for one that never ran.</summary>
    ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken);

    /// <summary>Lists the journal's entries of a mapping in the order in which they were added.</summary>
    ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken);

    /// <summary>Lists the failed records of a mapping, longest failing first.</summary>
    IAsyncEnumerable<RecordFailure> ListFailuresAsync(MappingKey key, CancellationToken cancellationToken);

    /// <summary>Lists the conflicts of a mapping, oldest first.</summary>
    /// <param name="key">The mapping.</param>
    /// <param name="includeResolved">Whether to list the decided ones too.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<RecordConflict> ListConflictsAsync(MappingKey key, bool includeResolved, CancellationToken cancellationToken);

    /// <summary>Applies everything in a commit, or nothing.</summary>
    /// <exception cref="LeaseLostException">
    /// The lease is not the mapping's current one: it was taken over, acquired again, or given back. One that merely expired still counts.
    /// </exception>
    /// <exception cref="CouplingStoreException">A record would be in two couplings, or the store cannot write.</exception>
    ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken);

    /// <summary>Takes the lease of a mapping.</summary>
    /// <param name="key">The mapping.</param>
    /// <param name="owner">A name unique to the engine instance.</param>
    /// <param name="duration">How long the lease holds unless renewed.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The lease, or null while another owner's holds. An owner that asks again gets a new lease with a new token.</returns>
    ValueTask<MappingLease?> TryAcquireLeaseAsync(MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Prolongs a lease from now on; null when it was taken over or given back. One that expired and that nobody took is prolonged.</summary>
    ValueTask<MappingLease?> TryRenewLeaseAsync(MappingLease lease, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Gives a lease back; one that was taken over is left alone.</summary>
    ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken);
}
