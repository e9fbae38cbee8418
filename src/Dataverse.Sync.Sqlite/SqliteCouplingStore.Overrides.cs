namespace Dataverse.Sync.Sqlite;

/// <content>How mappings differ from their defaults.</content>
public sealed partial class SqliteCouplingStore : IOverrideStore
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredOverride>> ReadOverridesAsync(
        string scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await file.ReadAsync(
            connection => OverrideTable.List(connection, scope), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TrySaveOverrideAsync(
        string scope, StoredOverride change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(change);
        return await file.WriteAsync(
            connection => OverrideTable.TrySave(connection, scope, change), cancellationToken).ConfigureAwait(false);
    }
}
