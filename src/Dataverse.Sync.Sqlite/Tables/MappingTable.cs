namespace Dataverse.Sync.Sqlite;

/// <summary>The table of mappings: their leases and states.</summary>
internal static class MappingTable
{
    /// <summary>
    /// The subquery of the id of a mapping, whose key is bound to the first two parameters. Null until its first lease.
    /// </summary>
    public const string IdOfKey = "(SELECT id FROM mapping WHERE scope = ?1 AND name = ?2)";

    private const string Held = "scope = ?1 AND name = ?2 AND lease_owner = ?3 AND lease_token = ?4";

    public static Statement Bind(this Statement statement, MappingKey key) =>
        statement.Bind(1, key.Scope).Bind(2, key.Mapping);

    /// <summary>Stores a new lease, and returns its token; null while another owner holds the lease.</summary>
    public static long? TryAcquireLease(
        FileConnection connection, MappingKey key, string owner, DateTimeOffset now, DateTimeOffset expiresOn) =>
        connection.Prepared(
            """
            INSERT INTO mapping (scope, name, lease_owner, lease_token, lease_expires_on) VALUES (?1, ?2, ?3, 1, ?4)
            ON CONFLICT (scope, name) DO UPDATE
            SET lease_owner = excluded.lease_owner, lease_token = lease_token + 1,
                lease_expires_on = excluded.lease_expires_on
            WHERE lease_owner IS NULL OR lease_owner = excluded.lease_owner OR lease_expires_on <= ?5
            RETURNING lease_token
            """)
            .Bind(key).Bind(3, owner).Bind(4, expiresOn).Bind(5, now)
            .FirstOrDefault(row => row.Int64OrNull(0));

    /// <summary>Stores the expiry of a lease; false if it is not the current lease of the mapping.</summary>
    public static bool TryRenewLease(FileConnection connection, MappingLease lease) =>
        Bind(connection, $"UPDATE mapping SET lease_expires_on = ?5 WHERE {Held}", lease)
            .Bind(5, lease.ExpiresOn).Execute() == 1;

    public static void ReleaseLease(FileConnection connection, MappingLease lease) =>
        _ = Bind(connection, $"UPDATE mapping SET lease_owner = NULL WHERE {Held}", lease).Execute();

    /// <summary>The id of the mapping of a lease.</summary>
    /// <exception cref="LeaseLostException">The lease is not the current lease of the mapping.</exception>
    public static long RequireLease(FileConnection connection, MappingLease lease) =>
        Bind(connection, $"SELECT id FROM mapping WHERE {Held}", lease).FirstOrDefault(row => row.Int64OrNull(0))
        ?? throw new LeaseLostException(lease.Key);

    /// <summary>The row id of a mapping, or null if it was not run yet.</summary>
    public static long? FindId(FileConnection connection, MappingKey key) =>
        connection.Prepared($"SELECT {IdOfKey}").Bind(key).FirstOrDefault(row => row.Int64OrNull(0));

    /// <summary>Creates the row of a mapping that was not run yet.</summary>
    public static void Ensure(FileConnection connection, MappingKey key) =>
        _ = connection.Prepared(
            """
            INSERT INTO mapping (scope, name, lease_token, lease_expires_on) VALUES (?1, ?2, 0, 0)
            ON CONFLICT (scope, name) DO NOTHING
            """)
            .Bind(key).Execute();

    public static MappingState ReadState(FileConnection connection, MappingKey key) =>
        connection.Prepared(
            """
            SELECT local_checkpoint, integration_checkpoint, local_keys_scanned_on, integration_keys_scanned_on
            FROM mapping WHERE scope = ?1 AND name = ?2
            """)
            .Bind(key).FirstOrDefault(ReadState) ?? MappingState.Initial;

    public static void SaveState(FileConnection connection, long mapping, MappingState state) =>
        _ = connection.Prepared(
            """
            UPDATE mapping
            SET local_checkpoint = ?2, integration_checkpoint = ?3,
                local_keys_scanned_on = ?4, integration_keys_scanned_on = ?5
            WHERE id = ?1
            """)
            .Bind(1, mapping)
            .Bind(2, state.Local?.Position).Bind(3, state.Integration?.Position)
            .Bind(4, state.LocalKeysScannedOn).Bind(5, state.IntegrationKeysScannedOn)
            .Execute();

    private static MappingState ReadState(Row row) => new()
    {
        Local = ReadCheckpoint(row, 0),
        Integration = ReadCheckpoint(row, 1),
        LocalKeysScannedOn = row.InstantOrNull(2),
        IntegrationKeysScannedOn = row.InstantOrNull(3),
    };

    private static Checkpoint? ReadCheckpoint(Row row, int column) => row.TextOrNull(column) switch
    {
        null => null,
        { Length: > 0 and <= Checkpoint.MaximumLength } position => new(position),
        _ => throw new FormatException($"A stored checkpoint must have 1 to {Checkpoint.MaximumLength} characters."),
    };

    private static Statement Bind(FileConnection connection, string sql, MappingLease lease) =>
        connection.Prepared(sql).Bind(lease.Key).Bind(3, lease.Owner).Bind(4, lease.Token);
}
