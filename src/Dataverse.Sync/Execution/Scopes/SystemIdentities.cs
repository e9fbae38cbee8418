namespace Dataverse.Sync.Execution;

/// <summary>The identities that both systems of an engine tell, and their addresses.</summary>
/// <param name="Told">The identities; null for a service that tells none.</param>
/// <param name="Addresses">The identities of the connectors.</param>
internal sealed record SystemIdentities(Sides<SystemIdentity?> Told, Sides<string> Addresses)
{
    /// <summary>Whether a service tells its id.</summary>
    public bool TellAnything => Told.Local is not null || Told.Integration is not null;

    public static async Task<SystemIdentities> ReadAsync(
        Sides<ITableConnector> systems, CancellationToken cancellationToken)
    {
        var told = await Task.WhenAll(Sides.Both.Select(side => systems[side].IdentifyAsync(cancellationToken)))
            .ConfigureAwait(false);
        return new(new(told[0], told[1]), Sides.Of(side => systems[side].Identity));
    }

    /// <summary>Compares the systems of a stored scope with these.</summary>
    public ScopeRelation RelationTo(RegisteredScope scope)
    {
        var relations = Sides.Of(side => RelationTo(scope, side));
        return relations.Local == ScopeRelation.Other || relations.Integration == ScopeRelation.Other ? ScopeRelation.Other
            : relations.Local == ScopeRelation.Unknown || relations.Integration == ScopeRelation.Unknown
                ? ScopeRelation.Unknown
            : ScopeRelation.Same;
    }

    /// <summary>Whether a stored scope uses the same integration system.</summary>
    public bool ShareIntegrationWith(RegisteredScope scope) =>
        RelationTo(scope, SyncSide.Integration) == ScopeRelation.Same;

    /// <summary>The entry of a scope that belongs to these systems. An id that is not told now is kept.</summary>
    public RegisteredScope Register(RegisteredScope scope) => scope with
    {
        LocalId = Told.Local?.Id ?? scope.LocalId,
        IntegrationId = Told.Integration?.Id ?? scope.IntegrationId,
        LocalIdentity = Addresses.Local,
        IntegrationIdentity = Addresses.Integration,
    };

    // A system that tells no id is known by its address alone.
    private ScopeRelation RelationTo(RegisteredScope scope, SyncSide side)
    {
        var (now, before) = Told[side] is { } told
            ? (told.Id, scope.IdOn(side))
            : (Addresses[side], scope.IdentityOn(side));
        return before is null ? ScopeRelation.Unknown
            : string.Equals(now, before, StringComparison.OrdinalIgnoreCase) ? ScopeRelation.Same
            : ScopeRelation.Other;
    }
}
