using System.Data;
using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Runs the store's calls, each on a connection of its own that is open only during the call.</summary>
/// <remarks>
/// The first call creates or migrates the tables. A call that failed before its commit was sent, because another transaction
/// was in its way or its connection had ended, is repeated: the server rolled it back.
/// </remarks>
internal sealed class CouplingDatabase : IAsyncDisposable, IDisposable
{
    private const int MostAttempts = 3;

    private readonly SchemaName schema;
    private readonly ConnectionSource source;
    private readonly StoreOpener opener;
    private volatile bool disposed;

    public CouplingDatabase(PostgreSqlCouplingStoreOptions options, IReadOnlyList<SchemaStep> steps)
    {
        schema = new(options.Schema);
        source = options.DataSource is { } given ? ConnectionSource.Of(given) : ConnectionSource.Of(options.ConnectionString!);
        var tables = new CouplingSchema(schema, steps);
        Guard = new(schema, tables.Version);
        opener = new(options, schema, tables, Guard);
    }

    /// <summary>Notices that the store was lost.</summary>
    public StoreGuard Guard { get; }

    /// <summary>Runs work that only reads. Each statement sees the last commit before it began.</summary>
    public Task<T> ReadAsync<T>(
        Func<StoreConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        RepeatedAsync(attempt => ReadOnceAsync(read, cancellationToken), cancellationToken);

    /// <summary>Runs work in one transaction: all of it is stored, or none. The work can be repeated.</summary>
    public Task<T> WriteAsync<T>(
        Func<StoreConnection, CancellationToken, Task<T>> write, CancellationToken cancellationToken) =>
        RepeatedAsync(attempt => WriteOnceAsync(write, attempt, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        disposed = true;
        await source.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose()
    {
        disposed = true;
        source.Dispose();
    }

    private async Task<T> ReadOnceAsync<T>(
        Func<StoreConnection, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var connection = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var key = await opener.OpenAsync(connection, cancellationToken).ConfigureAwait(false);
        using var session = new StoreConnection(connection, schema, key, isWriting: false, Guard.Check);
        return await read(session, cancellationToken).ConfigureAwait(false);
    }

    // The commit is not cancelled: its outcome would be unknown.
    private async Task<T> WriteOnceAsync<T>(
        Func<StoreConnection, CancellationToken, Task<T>> write, Attempt attempt, CancellationToken cancellationToken)
    {
        var connection = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        var key = await opener.OpenAsync(connection, cancellationToken).ConfigureAwait(false);
        var transaction = await connection
            .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        using var session = new StoreConnection(connection, schema, key, isWriting: true, Guard.Check);
        var result = await write(session, cancellationToken).ConfigureAwait(false);
        attempt.IsCommitting = true;
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        return result;
    }

    private async Task<T> RepeatedAsync<T>(Func<Attempt, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(PostgreSqlCouplingStore));
            cancellationToken.ThrowIfCancellationRequested();
            Guard.RequireNotLost();
            var attempt = new Attempt(number);
            try
            {
                return await work(attempt).ConfigureAwait(false);
            }
            catch (NpgsqlException error) when (CanRepeat(error, attempt))
            {
                // The connection went back to the pool, or was dropped from it if it had ended.
            }
            catch (NpgsqlException error)
            {
                throw Guard.IsLoss(error) ? Guard.Lose("dropped", error) : DatabaseErrors.From(error, schema);
            }
            catch (FormatException error)
            {
                throw DatabaseErrors.Damaged(schema, error);
            }
        }
    }

    // What a collision refused was rolled back even if it was refused at the commit. A lost connection is tried again once,
    // because all connections of a pool end together, and not after the commit was sent, which may have arrived.
    private static bool CanRepeat(NpgsqlException error, Attempt attempt) =>
        (DatabaseErrors.IsCollision(error) && attempt.Number < MostAttempts)
        || (DatabaseErrors.IsLostConnection(error) && attempt.Number == 1 && !attempt.IsCommitting);

    private sealed class Attempt(int number)
    {
        public int Number => number;

        public bool IsCommitting { get; set; }
    }
}
