using Dataverse.Sync.Shared;
using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>An open connection for one call of the store, in a transaction if the call writes.</summary>
/// <remarks>
/// The first statements that are sent are preceded by one that reads what the store says of itself, in the same message, so
/// that every call notices a store that was replaced.
/// </remarks>
internal sealed class StoreConnection : IDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly SchemaName schema;
    private readonly ValueCipher? cipher;
    private readonly Action<StoreFacts> check;
    private readonly bool isWriting;
    private bool isChecked;

    /// <summary>Initializes a new instance of the <see cref="StoreConnection"/> class.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="schema">The schema of the store.</param>
    /// <param name="key">The key with which values are encrypted; null if they are not.</param>
    /// <param name="isWriting">Whether the connection is in a transaction that writes.</param>
    /// <param name="check">Throws if the store is not the one that the call expects.</param>
    public StoreConnection(
        NpgsqlConnection connection, SchemaName schema, ValueKey? key, bool isWriting, Action<StoreFacts> check)
    {
        this.connection = connection;
        this.schema = schema;
        this.isWriting = isWriting;
        this.check = check;
        cipher = key is null ? null : new(key);
    }

    /// <summary>The stored form of a value.</summary>
    public byte[] Protect(byte[] value, ValueSlot slot) => cipher is null ? value : cipher.Encrypt(value, slot);

    /// <summary>The value of a stored form.</summary>
    /// <exception cref="FormatException">The stored form was changed, or belongs to another place.</exception>
    public byte[] Reveal(byte[] stored, ValueSlot slot) => cipher is null ? stored : cipher.Decrypt(stored, slot);

    /// <summary>Runs statements, in one message.</summary>
    public async Task RunAsync(IEnumerable<Statement> statements, CancellationToken cancellationToken) =>
        _ = await ListAsync(statements, static _ => true, cancellationToken).ConfigureAwait(false);

    /// <summary>Runs a query, and returns its first row, or the default value if it has none.</summary>
    public async Task<T?> FirstOrDefaultAsync<T>(
        Statement query, Func<Row, T> read, CancellationToken cancellationToken) =>
        await ListAsync(query, read, cancellationToken).ConfigureAwait(false) is [var row, ..] ? row : default;

    /// <summary>Runs a query, and returns its rows.</summary>
    public Task<List<T>> ListAsync<T>(Statement query, Func<Row, T> read, CancellationToken cancellationToken) =>
        ListAsync([query], read, cancellationToken);

    /// <summary>Runs statements in one message, and returns the rows of those that return any.</summary>
    public async Task<List<T>> ListAsync<T>(
        IEnumerable<Statement> statements, Func<Row, T> read, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var disposing = batch.ConfigureAwait(false);
        var guards = isChecked ? [] : Guards();
        foreach (var statement in guards.Concat(statements))
        {
            batch.BatchCommands.Add(statement.ToCommand(schema));
        }

        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var rows = new List<T>();
        await CheckAsync(reader, guards.Count, cancellationToken).ConfigureAwait(false);
        do
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                rows.Add(read(new(reader)));
            }
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));

        return rows;
    }

    public void Dispose() => cipher?.Dispose();

    // The lock is shared: it keeps a migration, or a change of the key, from running between this and the end.
    private List<Statement> Guards() => isWriting
        ? [new Statement("SELECT pg_advisory_xact_lock_shared($1)").Number(schema.LockKey), StoreFacts.ToReadAndFlush()]
        : [StoreFacts.ToRead()];

    private async Task CheckAsync(NpgsqlDataReader reader, int guards, CancellationToken cancellationToken)
    {
        for (var guard = 0; guard < guards; guard++)
        {
            if (guard == guards - 1)
            {
                check(await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                    ? StoreFacts.Read(new(reader))
                    : throw new FormatException("The store does not describe itself."));
            }

            _ = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        isChecked = true;
    }
}
