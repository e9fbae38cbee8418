namespace Dataverse.Sync;

/// <summary>Stores how mappings differ from their defaults, for all engines of a scope.</summary>
/// <remarks>
/// A coupling store that implements this interface as well lets <see cref="SyncOverrides"/> keep changed mappings. With any
/// other store, changes are kept in memory only. Implementations must be safe for concurrent use.
/// </remarks>
public interface IOverrideStore
{
    /// <summary>Reads the overrides of a scope. Every run reads them once.</summary>
    /// <param name="scope">The <see cref="SyncScope.Name"/> of the scope.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The overrides in any order, also those that were removed, each mapping once.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    ValueTask<IReadOnlyList<StoredOverride>> ReadOverridesAsync(string scope, CancellationToken cancellationToken);

    /// <summary>Stores an override, unless it has changed since it was read.</summary>
    /// <remarks>
    /// An override that is removed keeps its entry and its version, so that an engine that has not noticed the removal does
    /// not take a later override for the one that it knows.
    /// </remarks>
    /// <param name="scope">The <see cref="SyncScope.Name"/> of the scope.</param>
    /// <param name="change">
    /// The override. Its <see cref="StoredOverride.Version"/> is the one that was read, or 0 if there was none; the stored
    /// version is one greater.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>False if the stored version is another one. Then nothing is stored.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    ValueTask<bool> TrySaveOverrideAsync(string scope, StoredOverride change, CancellationToken cancellationToken);
}
