using System.Transactions;
using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Opens connections, from a pool of its own or from that of the application.</summary>
internal sealed class ConnectionSource : IAsyncDisposable, IDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly bool isOwned;

    private ConnectionSource(NpgsqlDataSource source, bool isOwned)
    {
        this.source = source;
        this.isOwned = isOwned;
    }

    /// <summary>Uses the data source of the application, which disposes it.</summary>
    public static ConnectionSource Of(NpgsqlDataSource source) => new(source, isOwned: false);

    /// <summary>Makes a pool that works behind a pooler in transaction mode.</summary>
    /// <remarks>
    /// No statement stays prepared, and nothing is reset when a connection returns to the pool: behind such a pooler, both
    /// would reach a session that somebody else uses.
    /// </remarks>
    public static ConnectionSource Of(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 0, NoResetOnClose = true };
        settings.ApplicationName ??= "Dataverse.Sync";
        return new(new NpgsqlDataSourceBuilder(settings.ConnectionString).Build(), isOwned: true);
    }

    /// <summary>Opens a connection that takes no part in a transaction of the application.</summary>
    /// <remarks>A commit of the store must not be undone with one.</remarks>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        using var scope = new TransactionScope(
            TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        return await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => isOwned ? source.DisposeAsync() : ValueTask.CompletedTask;

    public void Dispose()
    {
        if (isOwned)
        {
            source.Dispose();
        }
    }
}
