using System.Data;
using Dataverse.Sync.Shared;
using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Finds the key of a store, and converts the store if its key is to change.</summary>
internal sealed class StoreEncryption(SchemaName schema, CouplingDatabaseKey? wanted, CouplingDatabaseKey? previous)
{
    /// <summary>Returns the key of the store; null if it has none.</summary>
    /// <exception cref="CouplingStoreException">The store has another key, or the key cannot be read.</exception>
    public async Task<ValueKey?> PrepareAsync(
        NpgsqlConnection connection, StoreFacts facts, CancellationToken cancellationToken)
    {
        if (NeedsConversion(facts, out var key))
        {
            await ConvertAsync(connection, cancellationToken).ConfigureAwait(false);
        }

        return key;
    }

    private bool NeedsConversion(StoreFacts facts, out ValueKey? key)
    {
        key = wanted?.ForStore(facts.Identity);
        if (facts.KeyId is null)
        {
            return key is not null;
        }

        if (key?.HasId(facts.KeyId) == true)
        {
            return false;
        }

        return previous?.ForStore(facts.Identity).HasId(facts.KeyId) == true
            ? true
            : throw DatabaseErrors.WrongKey(schema, wanted is null
                ? "is encrypted, and no encryption key was given."
                : "is encrypted with another key than the one that was given.");
    }

    // The exclusive lock waits for the commits that run, and keeps new ones waiting until all values are converted. The
    // decision is made again under it, because another engine may have converted the store in the meantime.
    private async Task ConvertAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection
            .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        StoreFacts? facts = null;
        using var session = new StoreConnection(
            connection, schema, key: null, isWriting: true, found => facts = found);
        await session.RunAsync(
            [new Statement("SELECT pg_advisory_xact_lock($1)").Number(schema.LockKey)], cancellationToken)
            .ConfigureAwait(false);
        var current = await session.FirstOrDefaultAsync(StoreFacts.ToRead(), StoreFacts.Read, cancellationToken)
            .ConfigureAwait(false) ?? facts!;
        if (NeedsConversion(current, out var key))
        {
            using var from = current.KeyId is null ? null : new ValueCipher(previous!.ForStore(current.Identity));
            using var to = key is null ? null : new ValueCipher(key);
            await ValueConversionTable.ConvertAllAsync(session, from, to, cancellationToken).ConfigureAwait(false);
            await session.RunAsync(
                [new Statement("UPDATE [schema].coupling_store SET key_id = $1").Blob(key?.Id)], cancellationToken)
                .ConfigureAwait(false);
        }

        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
