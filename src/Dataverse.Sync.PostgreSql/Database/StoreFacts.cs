namespace Dataverse.Sync.PostgreSql;

/// <summary>What a store says of itself.</summary>
/// <param name="Identity">A random id, which copies share.</param>
/// <param name="Version">The version of its tables.</param>
/// <param name="KeyId">The id of the key with which values are encrypted; null if they are not.</param>
internal sealed record StoreFacts(Guid Identity, int Version, byte[]? KeyId)
{
    private const string Columns = "identity, version, key_id";

    /// <summary>The statement that reads the facts.</summary>
    public static Statement ToRead() => new($"SELECT {Columns} FROM [schema].coupling_store");

    /// <summary>
    /// The statement that reads the facts at the beginning of a transaction, and has its commit flushed to the disk even if
    /// the server is set up to acknowledge commits before.
    /// </summary>
    public static Statement ToReadAndFlush() => new(
        $"""
        SELECT {Columns}, CASE WHEN current_setting('synchronous_commit') = 'off'
            THEN set_config('synchronous_commit', 'on', true) END
        FROM [schema].coupling_store
        """);

    public static StoreFacts Read(Row row) => new(row.Guid(0), row.Int32(1), row.BlobOrNull(2));
}
