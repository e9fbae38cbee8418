namespace Dataverse.Sync.PostgreSql;

/// <content>How mappings differ from their defaults.</content>
public sealed partial class PostgreSqlCouplingStore : IOverrideStore
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredOverride>> ReadOverridesAsync(
        string scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await database.ReadAsync(
            (connection, token) => OverrideTable.ListAsync(connection, scope, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TrySaveOverrideAsync(
        string scope, StoredOverride change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(change);
        return await database.WriteAsync(
            (connection, token) => OverrideTable.TrySaveAsync(connection, scope, change, token),
            cancellationToken).ConfigureAwait(false);
    }
}
