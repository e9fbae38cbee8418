namespace Dataverse.Sync;

/// <summary>A coupling without its base: the ids of both records, and the versions in which they were last seen.</summary>
/// <param name="LocalId">The id of the local record.</param>
/// <param name="IntegrationId">The id of the integration record.</param>
/// <param name="LocalVersion"><see cref="Coupling.LocalVersion"/>.</param>
/// <param name="IntegrationVersion"><see cref="Coupling.IntegrationVersion"/>.</param>
/// <param name="HasBase">Whether the coupling has a base: the pair was synchronized at least once.</param>
public readonly record struct CouplingVersions(
    Guid LocalId, Guid IntegrationId, ulong LocalVersion, ulong IntegrationVersion, bool HasBase)
{
    /// <summary>Gets the ids and versions of a coupling.</summary>
    /// <param name="coupling">The coupling.</param>
    /// <returns>Its ids and versions.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="coupling"/> is null.</exception>
    public static CouplingVersions Of(Coupling coupling)
    {
        ArgumentNullException.ThrowIfNull(coupling);
        return new(
            coupling.LocalId,
            coupling.IntegrationId,
            coupling.LocalVersion,
            coupling.IntegrationVersion,
            coupling.Base is not null);
    }

    /// <summary>Gets the id of the record on one side.</summary>
    /// <param name="side">The side.</param>
    /// <returns>The id.</returns>
    public Guid IdOf(SyncSide side) => side == SyncSide.Local ? LocalId : IntegrationId;

    internal ulong VersionOf(SyncSide side) => side == SyncSide.Local ? LocalVersion : IntegrationVersion;
}
