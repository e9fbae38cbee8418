namespace Dataverse.Sync;

/// <summary>One company of the local system and one organization of the integration system; part of every stored key.</summary>
/// <param name="Name">A name that stays the same for the same two systems and differs for others, such as host, environment, and company id.</param>
public sealed record SyncScope(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
