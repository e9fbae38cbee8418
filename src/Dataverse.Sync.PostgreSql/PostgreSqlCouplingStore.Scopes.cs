namespace Dataverse.Sync.PostgreSql;

/// <content>The register of scopes.</content>
public sealed partial class PostgreSqlCouplingStore : IScopeRegister
{
    /// <inheritdoc/>
    public async ValueTask<ScopeRegister> ReadScopesAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(ScopeTable.ReadAsync, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<bool> TrySaveScopeAsync(
        RegisteredScope scope, long revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await database.WriteAsync(
            (connection, token) => ScopeTable.TrySaveAsync(connection, scope, revision, token),
            cancellationToken).ConfigureAwait(false);
    }
}
