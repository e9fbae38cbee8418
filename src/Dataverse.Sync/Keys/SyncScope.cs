namespace Dataverse.Sync;

/// <summary>Identifies one company of the local system and one organization of the integration system.</summary>
/// <remarks>
/// The scope is part of every key in a store, so one store can serve several pairs of systems. A store that implements
/// <see cref="IScopeRegister"/> remembers the ids of the systems, so that another name leads to the same couplings. With
/// other stores, and with connectors that tell no ids, changing the name makes all that was stored invisible.
/// </remarks>
/// <param name="Name">
/// A name that is always the same for this pair of systems and different for every other one, such as the two hosts
/// with the environment and the company id.
/// </param>
public sealed record SyncScope(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
