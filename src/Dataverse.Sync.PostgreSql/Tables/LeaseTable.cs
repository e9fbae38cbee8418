namespace Dataverse.Sync.PostgreSql;

/// <summary>The leases in the table of mappings.</summary>
/// <remarks>
/// The row of a mapping is locked by whatever changes its lease or commits under it, so that the fence of a commit and its
/// changes cannot be separated. Every such change counts as a write, see <see cref="StoreGuard"/>.
/// </remarks>
internal static class LeaseTable
{
    private const string Held = "scope = $1 AND name = $2 AND lease_owner = $3 AND lease_token = $4";
    private const string Lease = "lease_token, lease_expires_on, writes";

    // A later end could not be stored, and nobody waits for it.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365_000);

    // Evaluated after the row was locked, so that a lease that expired while another engine held the lock is free.
    private static readonly string Acquire =
        $"""
        INSERT INTO [schema].mapping AS held (scope, name, lease_owner, lease_token, lease_expires_on, writes)
        VALUES ($1, $2, $3, 1, {StoreClock.Now("$4")} + $5, 1)
        ON CONFLICT (scope, name) DO UPDATE
        SET lease_owner = excluded.lease_owner, lease_token = held.lease_token + 1,
            lease_expires_on = {StoreClock.Now("$4")} + $5, writes = held.writes + 1
        WHERE held.lease_owner IS NULL OR held.lease_owner = excluded.lease_owner
            OR held.lease_expires_on <= {StoreClock.Now("$4")}
        RETURNING {Lease}, {StoreClock.Now("$4")}
        """;

    private static readonly string Renew =
        $"""
        UPDATE [schema].mapping SET lease_expires_on = {StoreClock.Now("$5")} + $6, writes = writes + 1
        WHERE {Held} RETURNING {Lease}, {StoreClock.Now("$5")}
        """;

    /// <summary>Stores a new lease; null while another owner holds the lease.</summary>
    public static Task<HeldLease?> TryAcquireAsync(
        StoreConnection connection,
        MappingKey key,
        string owner,
        StoreClock clock,
        TimeSpan duration,
        CancellationToken cancellationToken) =>
        connection.FirstOrDefaultAsync(
            new Statement(Acquire).Key(key).Text(owner).Number(clock.Ticks).Number(Ticks(duration)),
            Read,
            cancellationToken);

    /// <summary>Stores the expiry of a lease; null if it is not the current lease of the mapping.</summary>
    public static Task<HeldLease?> TryRenewAsync(
        StoreConnection connection,
        MappingLease lease,
        StoreClock clock,
        TimeSpan duration,
        CancellationToken cancellationToken) =>
        connection.FirstOrDefaultAsync(
            Of(Renew, lease).Number(clock.Ticks).Number(Ticks(duration)), Read, cancellationToken);

    public static Task ReleaseAsync(
        StoreConnection connection, MappingLease lease, CancellationToken cancellationToken) => connection.RunAsync(
        [Of($"UPDATE [schema].mapping SET lease_owner = NULL, writes = writes + 1 WHERE {Held}", lease)],
        cancellationToken);

    /// <summary>The statement that counts a write of the mapping of a lease; no row if the lease is not current.</summary>
    public static Statement CountWrite(MappingLease lease, StoreClock clock) => Of(
        $"""
        UPDATE [schema].mapping SET writes = writes + 1 WHERE {Held}
        RETURNING name, id, writes, {StoreClock.Now("$5")}
        """,
        lease)
        .Number(clock.Ticks);

    private static Statement Of(string sql, MappingLease lease) =>
        new Statement(sql).Key(lease.Key).Text(lease.Owner).Number(lease.Token);

    private static HeldLease Read(Row row) => new(row.Int64(0), row.Instant(1), row.Instant(3), row.Int64(2));

    private static long Ticks(TimeSpan duration) => Math.Min(duration.Ticks, Longest.Ticks);
}
