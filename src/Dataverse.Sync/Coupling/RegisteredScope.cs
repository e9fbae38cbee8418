namespace Dataverse.Sync;

/// <summary>A scope of a coupling store, and the systems to which it belongs.</summary>
public sealed record RegisteredScope
{
    /// <summary>The name of the scope, which is part of every key in the store. It never changes.</summary>
    public required string Name { get; init; }

    /// <summary>The <see cref="SystemIdentity.Id"/> of the local system, or null if it is unknown.</summary>
    public string? LocalId { get; init; }

    /// <summary>The <see cref="SystemIdentity.Id"/> of the integration system, or null if it is unknown.</summary>
    public string? IntegrationId { get; init; }

    /// <summary>
    /// The <see cref="ITableConnector.Identity"/> of the local connector when the scope was last used, or null if unknown.
    /// </summary>
    public string? LocalIdentity { get; init; }

    /// <summary>
    /// The <see cref="ITableConnector.Identity"/> of the integration connector when the scope was last used, or null if
    /// unknown.
    /// </summary>
    public string? IntegrationIdentity { get; init; }

    /// <summary>The integration tables whose rows the scope uses, except those that all companies share.</summary>
    public IReadOnlyList<RegisteredTable> Tables { get; init; } = [];

    /// <summary>The names of the mappings of which the store has couplings in this scope.</summary>
    public IReadOnlyList<string> Mappings { get; init; } = [];

    internal string? IdOn(SyncSide side) => side == SyncSide.Local ? LocalId : IntegrationId;

    internal string? IdentityOn(SyncSide side) => side == SyncSide.Local ? LocalIdentity : IntegrationIdentity;
}
