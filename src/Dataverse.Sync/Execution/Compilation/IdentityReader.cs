namespace Dataverse.Sync.Execution;

/// <summary>Asks each system once who it is.</summary>
internal sealed class IdentityReader(Sides<ITableConnector> systems)
{
    private readonly Dictionary<SyncSide, SystemIdentity?> known = [];

    /// <summary>The identity of the system of a side, or null if it tells none.</summary>
    /// <exception cref="ConnectorException">The system did not answer.</exception>
    public async Task<SystemIdentity?> ReadAsync(SyncSide side, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(side, out var identity))
        {
            identity = await systems[side].IdentifyAsync(cancellationToken).ConfigureAwait(false);
            known.Add(side, identity);
        }

        return identity;
    }
}
