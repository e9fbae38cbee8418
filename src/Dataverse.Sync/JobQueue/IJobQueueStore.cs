namespace Dataverse.Sync;

/// <summary>Stores the states of job queue entries, for all job queues of a scope.</summary>
/// <remarks>
/// A coupling store that implements this interface as well lets a job queue run on it. Implementations must be safe for
/// concurrent use.
/// </remarks>
public interface IJobQueueStore
{
    /// <summary>Reads the entries of a scope. Every check for due entries reads them once.</summary>
    /// <param name="scope">The <see cref="SyncScope.Name"/> of the scope.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entries in any order, each name once.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    ValueTask<IReadOnlyList<StoredJobQueueEntry>> ReadEntriesAsync(string scope, CancellationToken cancellationToken);

    /// <summary>Stores an entry, unless it has changed since it was read.</summary>
    /// <param name="scope">The <see cref="SyncScope.Name"/> of the scope.</param>
    /// <param name="entry">
    /// The entry. Its <see cref="StoredJobQueueEntry.Version"/> is the one that was read, or 0 if there was none; the
    /// stored version is one greater.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>False if the stored version is another one. Then nothing is stored.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    ValueTask<bool> TrySaveEntryAsync(string scope, StoredJobQueueEntry entry, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a clock that all job queues of the store share, so that those on several machines agree on when an entry is due
    /// and when its owner has died.
    /// </summary>
    /// <remarks>
    /// A job queue reads it with every look for due entries and every change of an entry. Without it, the clock of each job
    /// queue counts.
    /// </remarks>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The present time; null, the default, if the store has no clock.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    ValueTask<DateTimeOffset?> ReadTimeAsync(CancellationToken cancellationToken) => new((DateTimeOffset?)null);
}
