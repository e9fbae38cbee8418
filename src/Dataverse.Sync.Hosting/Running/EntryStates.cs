namespace Dataverse.Sync.Hosting;

/// <summary>Reads and changes the stored states of the entries of a scope.</summary>
/// <param name="store">The store.</param>
/// <param name="clock">The clock by which entries are due and owned.</param>
/// <param name="scope">The name of the scope.</param>
internal sealed class EntryStates(IJobQueueStore store, QueueClock clock, string scope)
{
    /// <summary>The name of the scope.</summary>
    public string Scope => scope;

    /// <summary>Reads all entries.</summary>
    public ValueTask<IReadOnlyList<StoredJobQueueEntry>> ReadAsync(CancellationToken cancellationToken) =>
        store.ReadEntriesAsync(scope, cancellationToken);

    /// <summary>
    /// Stores an entry as it was changed; returns null if somebody else has changed it since it was read.
    /// </summary>
    public async ValueTask<StoredJobQueueEntry?> TrySaveAsync(
        StoredJobQueueEntry entry, CancellationToken cancellationToken) =>
        await store.TrySaveEntryAsync(scope, entry, cancellationToken).ConfigureAwait(false)
            ? entry with { Version = entry.Version + 1 }
            : null;

    /// <summary>Changes an entry, again if somebody else has changed it at the same time.</summary>
    /// <param name="name">The name of the entry.</param>
    /// <param name="change">
    /// Returns the entry to be stored, or the same one to store nothing. Receives null if there is none of this name, and
    /// the present time; returns null then to store nothing.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The entry as it is stored.</returns>
    public async Task<StoredJobQueueEntry?> ChangeAsync(
        string name,
        Func<StoredJobQueueEntry?, DateTimeOffset, StoredJobQueueEntry?> change,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var entries = await ReadAsync(cancellationToken).ConfigureAwait(false);
            var known = entries.FirstOrDefault(entry => entry.Name == name);
            var changed = change(known, await clock.ReadAsync(cancellationToken).ConfigureAwait(false));
            if (changed is null || changed == known)
            {
                return known;
            }

            if (await TrySaveAsync(changed, cancellationToken).ConfigureAwait(false) is { } saved)
            {
                return saved;
            }
        }
    }
}
