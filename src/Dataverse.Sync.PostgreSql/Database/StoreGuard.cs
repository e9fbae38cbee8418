using System.Collections.Concurrent;
using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Notices that the store was dropped, replaced, or put back to an earlier state while it is in use.</summary>
/// <remarks>
/// <para>Every call reads the random id of the store. Every change under a lease counts the writes of its mapping, and the
/// count must grow: a smaller one is an older state, such as that of a restored backup, or of a standby that took over
/// without the last commits. One count for the whole store would let the commits of all mappings wait for each other.</para>
/// <para>A store that was lost stays closed, because the engine has already acted on what was lost.</para>
/// </remarks>
internal sealed class StoreGuard(SchemaName schema, int version)
{
    private readonly ConcurrentDictionary<MappingKey, long> writes = new();
    private volatile CouplingStoreException? lost;
    private volatile StoreFacts? known;

    /// <exception cref="CouplingStoreException">The store was lost.</exception>
    public void RequireNotLost()
    {
        if (lost is { } error)
        {
            throw new CouplingStoreException(error.Failure, error.Message, error);
        }
    }

    /// <summary>Remembers the store that was opened, with the key with which its values are encrypted.</summary>
    public void Recognize(StoreFacts facts) => known = facts;

    /// <summary>Checks that a call reached the store that was opened.</summary>
    /// <exception cref="CouplingStoreException">It reached another one, or one that was changed.</exception>
    public void Check(StoreFacts facts)
    {
        if (known is not { } expected)
        {
            return;
        }

        if (facts.Identity != expected.Identity)
        {
            throw Lose("replaced by another one");
        }

        if (facts.Version != version)
        {
            throw facts.Version > version
                ? DatabaseErrors.NewerVersion(schema, facts.Version, version)
                : Lose("put back to an earlier version");
        }

        if (!(facts.KeyId ?? []).SequenceEqual(expected.KeyId ?? []))
        {
            throw DatabaseErrors.WrongKey(schema, "got another encryption key from another engine.");
        }
    }

    /// <summary>Checks within a transaction that it writes to the latest state of a mapping.</summary>
    /// <param name="key">The mapping.</param>
    /// <param name="count">The count of its writes, with that of the transaction.</param>
    /// <exception cref="CouplingStoreException">Earlier writes are missing.</exception>
    public void CheckWrites(MappingKey key, long count)
    {
        if (writes.TryGetValue(key, out var latest) && count <= latest)
        {
            throw Lose("put back to an earlier state");
        }
    }

    /// <summary>Remembers the count of the writes of a mapping after the transaction was committed.</summary>
    public void RememberWrites(MappingKey key, long count) =>
        _ = writes.AddOrUpdate(key, count, (_, latest) => Math.Max(latest, count));

    /// <summary>Whether an error says that the tables of the store that was opened are gone.</summary>
    public bool IsLoss(NpgsqlException error) => known is not null && DatabaseErrors.IsMissing(error);

    /// <summary>Closes the store for good.</summary>
    public CouplingStoreException Lose(string what, Exception? error = null) =>
        lost = DatabaseErrors.Replaced(schema, what, error);
}
