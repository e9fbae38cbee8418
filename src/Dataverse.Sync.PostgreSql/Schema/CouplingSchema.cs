using System.Data;
using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Recognizes the tables of a store, creates them, and migrates older ones to the current version.</summary>
internal sealed class CouplingSchema(SchemaName schema, IReadOnlyList<SchemaStep> steps)
{
    /// <summary>
    /// The steps of all versions, in order. A new version adds a step; the earlier steps never change.
    /// </summary>
    public static IReadOnlyList<SchemaStep> Steps { get; } = [new(1, SchemaVersion1.Script), new(2, SchemaVersion2.Script)];

    /// <summary>The version of this library.</summary>
    public int Version => steps[^1].Version;

    /// <summary>
    /// Creates or migrates the tables if they need it, and returns what the store says of itself. A schema that cannot be
    /// used is not changed.
    /// </summary>
    /// <exception cref="CouplingStoreException">The schema belongs to another program or to a newer version.</exception>
    public async Task<StoreFacts> PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var version = await ReadVersionAsync(connection, cancellationToken).ConfigureAwait(false);
        if (version < Version)
        {
            await MigrateAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        return await ReadFactsAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    // The lock ends with the transaction: a lock of the session would outlive it in a pooler in transaction mode. The
    // version is read again under the lock, because another engine may have migrated the store in the meantime.
    private async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection
            .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        await RunAsync(
            connection, new Statement("SELECT pg_advisory_xact_lock($1)").Number(schema.LockKey), cancellationToken)
            .ConfigureAwait(false);
        var version = await ReadVersionAsync(connection, cancellationToken).ConfigureAwait(false);
        foreach (var step in steps.Where(step => step.Version > version))
        {
            await RunScriptAsync(connection, step.Script, cancellationToken).ConfigureAwait(false);
            await RunAsync(
                connection,
                new Statement("UPDATE [schema].coupling_store SET version = $1").Number(step.Version),
                cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    // The schema itself is created only if it is missing: to create one, a role needs a right on the whole database.
    private async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var state = await ReadStateAsync(connection, cancellationToken).ConfigureAwait(false);
        if (!state.HasStore)
        {
            return state.IsForeign ? throw DatabaseErrors.NotACouplingStore(schema)
                : state.Encoding != "UTF8" ? throw DatabaseErrors.WrongEncoding(state.Encoding)
                : 0;
        }

        var (_, version, _) = await ReadFactsAsync(connection, cancellationToken).ConfigureAwait(false);
        return version <= Version ? version : throw DatabaseErrors.NewerVersion(schema, version, Version);
    }

    private async Task<State> ReadStateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var query = new Statement(
            """
            SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = $1 AND c.relname = 'coupling_store'),
                EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1),
                getdatabaseencoding()
            """)
            .Text(schema.Value);
        var found = await ListAsync(
            connection, query, row => new State(row.Boolean(0), row.Boolean(1), row.Text(2)), cancellationToken)
            .ConfigureAwait(false);
        return found[0];
    }

    private async Task<StoreFacts> ReadFactsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await ListAsync(connection, StoreFacts.ToRead(), StoreFacts.Read, cancellationToken).ConfigureAwait(false) is
            [var facts]
            ? facts
            : throw new FormatException("The store does not describe itself.");

    private async Task RunScriptAsync(NpgsqlConnection connection, string script, CancellationToken cancellationToken)
    {
        var create =
            $"""
            DO $$BEGIN
                IF to_regnamespace('{schema.Value}') IS NULL THEN CREATE SCHEMA [schema]; END IF;
            END$$
            """;
        var command = new NpgsqlCommand($"{schema.Qualify(create)};\n{schema.Qualify(script)}", connection);
        await using var disposing = command.ConfigureAwait(false);
        _ = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task RunAsync(NpgsqlConnection connection, Statement statement, CancellationToken cancellationToken) =>
        ListAsync(connection, statement, static _ => true, cancellationToken);

    private async Task<List<T>> ListAsync<T>(
        NpgsqlConnection connection, Statement statement, Func<Row, T> read, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var disposing = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(statement.ToCommand(schema));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(new(reader)));
        }

        return rows;
    }

    private sealed record State(bool HasStore, bool IsForeign, string Encoding);
}
