using Dataverse.Sync.Shared;
using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Creates or migrates the tables with the first call, and finds the key of the store.</summary>
internal sealed class StoreOpener(
    PostgreSqlCouplingStoreOptions options, SchemaName schema, CouplingSchema tables, StoreGuard guard)
{
    private Opened? opened;

    /// <summary>Opens the store unless it was opened before, and returns its key; null if it has none.</summary>
    /// <exception cref="CouplingStoreException">The store cannot be used, or has another key.</exception>
    public async Task<ValueKey?> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var before = Volatile.Read(ref opened);
        return (before ?? await PrepareAsync(connection, cancellationToken).ConfigureAwait(false)).Key;
    }

    // Calls that come first at the same time all do this, as several engines do: the lock of the migration is in the database.
    private async Task<Opened> PrepareAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var facts = await tables.PrepareAsync(connection, cancellationToken).ConfigureAwait(false);
        var encryption = new StoreEncryption(schema, options.EncryptionKey, options.PreviousEncryptionKey);
        var key = await encryption.PrepareAsync(connection, facts, cancellationToken).ConfigureAwait(false);
        guard.Recognize(facts with { KeyId = key?.Id });
        var ready = new Opened(key);
        Volatile.Write(ref opened, ready);
        return ready;
    }

    private sealed record Opened(ValueKey? Key);
}
