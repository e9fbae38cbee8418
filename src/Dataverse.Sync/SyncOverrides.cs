using Dataverse.Sync.Execution;

namespace Dataverse.Sync;

/// <summary>Stores changed mappings in the coupling store, where they survive restarts and apply to all engines.</summary>
/// <remarks>
/// <para>A mapping is changed in <see cref="SyncEngine.Mappings"/> and then stored, or both at once with
/// <see cref="ChangeAsync"/>. What is stored is the difference to <see cref="SyncEngineOptions.Mappings"/>, so that new
/// defaults of a later version still arrive. A change applies from the next run of each engine on the same store and scope;
/// a run keeps the mappings with which it started.</para>
/// <para>If a part of a difference has nothing to act on any more, because its field mapping no longer exists by default, it
/// has no effect, and validation warns. A mapping whose stored override cannot be read, because it is damaged or was
/// written by a newer version, does not run; <see cref="UseDefaultSetupAsync"/> removes it.</para>
/// <para>Safe for concurrent use. Every member reads the store, and sends a request only if the scope must be found first.
/// The coupling store must implement <see cref="IOverrideStore"/>; otherwise the members that list or change what is stored
/// throw <see cref="SyncConfigurationException"/>.</para>
/// </remarks>
public sealed class SyncOverrides
{
    private readonly EngineServices services;
    private readonly OverrideWriter writer;

    internal SyncOverrides(EngineServices services, OverrideWriter writer)
    {
        this.services = services;
        this.writer = writer;
    }

    /// <summary>Lists the stored overrides of the scope by the names of their mappings.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The overrides, also those that cannot be used.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    public Task<IReadOnlyList<StoredOverride>> ListAsync(CancellationToken cancellationToken = default) =>
        writer.ListAsync(cancellationToken);

    /// <summary>Reads what other engines have stored, so that <see cref="SyncEngine.Mappings"/> shows it. Every run does.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the mappings are up to date.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    public Task RefreshAsync(CancellationToken cancellationToken = default) =>
        services.Overrides.RefreshAsync(cancellationToken);

    /// <summary>Lists what differs between a mapping and its default, changes in memory included.</summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The settings that differ; empty if the mapping has its default setup. One entry with an empty
    /// <see cref="MappingDifference.Setting"/> if the mapping was removed or has no default.
    /// </returns>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, or its stored override cannot be used.
    /// </exception>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    public Task<IReadOnlyList<MappingDifference>> ListDifferencesAsync(
        string mapping, CancellationToken cancellationToken = default) => writer.CompareAsync(mapping, cancellationToken);

    /// <summary>Stores what was changed about a mapping in <see cref="SyncEngine.Mappings"/>.</summary>
    /// <remarks>Does nothing if nothing was changed. A mapping that was added or removed in memory is stored as such.</remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the change is stored.</returns>
    /// <exception cref="OverrideConflictException">
    /// The stored override was changed since the change in memory began, or was not read before. Nothing is stored.
    /// </exception>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, or a rule or converter that was changed has no name in
    /// <see cref="SyncEngineOptions.NamedCode"/>.
    /// </exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public Task StoreAsync(string mapping, CancellationToken cancellationToken = default) =>
        writer.StoreAsync(mapping, cancellationToken);

    /// <summary>Changes a mapping as it is stored now, and stores it.</summary>
    /// <remarks>
    /// If another engine stores a change at the same time, <paramref name="change"/> is called again with that change, so that
    /// neither is lost. Changes of the mapping that were made in memory before are stored as well.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="change">Receives a builder with the present settings. May be called several times.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the change is stored.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null.</exception>
    /// <exception cref="OverrideConflictException">
    /// The mapping was changed in memory before, and another engine has stored a change since.
    /// </exception>
    /// <exception cref="SyncConfigurationException">There is no such mapping, or the change is invalid.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public Task ChangeAsync(
        string mapping, Action<IntegrationTableMappingBuilder> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return writer.ChangeAsync(mapping, name => services.Catalog.Change(name, change), cancellationToken);
    }

    /// <summary>Switches a mapping off for all engines: runs of all mappings skip it.</summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the change is stored.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public Task SwitchOffAsync(string mapping, CancellationToken cancellationToken = default) =>
        ChangeAsync(mapping, builder => builder.Enabled(false), cancellationToken);

    /// <summary>Switches a mapping on for all engines.</summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the change is stored.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public Task SwitchOnAsync(string mapping, CancellationToken cancellationToken = default) =>
        ChangeAsync(mapping, builder => builder.Enabled(), cancellationToken);

    /// <summary>Removes a mapping for all engines. Its couplings remain.</summary>
    /// <remarks>
    /// Mappings that depend on it or look up through it become invalid; <see cref="SwitchOffAsync"/> keeps them running.
    /// <see cref="UseDefaultSetupAsync"/> brings a mapping back that has a default.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the change is stored.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public Task RemoveAsync(string mapping, CancellationToken cancellationToken = default) =>
        writer.ChangeAsync(mapping, services.Catalog.Remove, cancellationToken);

    /// <summary>
    /// Returns a mapping to its default: removes its stored override, whatever it contains, and what was changed in memory.
    /// </summary>
    /// <remarks>A mapping that has no default is removed. Business Central: Use Default Synchronization Setup.</remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the override is removed.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read or write.</exception>
    public Task UseDefaultSetupAsync(string mapping, CancellationToken cancellationToken = default) =>
        writer.RemoveAsync(mapping, cancellationToken);
}
