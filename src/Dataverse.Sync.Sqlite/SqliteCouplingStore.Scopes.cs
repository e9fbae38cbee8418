namespace Dataverse.Sync.Sqlite;

/// <content>The register of scopes.</content>
public sealed partial class SqliteCouplingStore : IScopeRegister
{
    /// <inheritdoc/>
    public async ValueTask<ScopeRegister> ReadScopesAsync(CancellationToken cancellationToken) =>
        await file.ReadAsync(ScopeTable.Read, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<bool> TrySaveScopeAsync(
        RegisteredScope scope, long revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await file.WriteAsync(
            connection => ScopeTable.TrySave(connection, scope, revision), cancellationToken).ConfigureAwait(false);
    }
}
