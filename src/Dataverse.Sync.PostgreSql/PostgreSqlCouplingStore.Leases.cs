namespace Dataverse.Sync.PostgreSql;

/// <content>The leases of mappings.</content>
public sealed partial class PostgreSqlCouplingStore
{
    /// <inheritdoc/>
    public async ValueTask<MappingLease?> TryAcquireLeaseAsync(
        MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        var held = await database.WriteAsync(
            (connection, token) => AcquireAsync(connection, key, owner, duration, token),
            cancellationToken).ConfigureAwait(false);
        return held is null ? null : Remember(new(key, owner, held.Token, held.ExpiresOn), held);
    }

    /// <inheritdoc/>
    public async ValueTask<MappingLease?> TryRenewLeaseAsync(
        MappingLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        var held = await database.WriteAsync(
            async (connection, token) => Checked(
                lease.Key,
                await LeaseTable.TryRenewAsync(connection, lease, clock, duration, token).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        return held is null ? null : Remember(lease with { ExpiresOn = held.ExpiresOn }, held);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        await WriteAsync((connection, token) => LeaseTable.ReleaseAsync(connection, lease, token), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<HeldLease?> AcquireAsync(
        StoreConnection connection, MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        var held = Checked(
            key,
            await LeaseTable.TryAcquireAsync(connection, key, owner, clock, duration, cancellationToken)
                .ConfigureAwait(false));
        if (held is not null && conflictValueRetention is { } retention)
        {
            await ConflictRetention.RunAsync(connection, held.Now - retention, cancellationToken).ConfigureAwait(false);
        }

        return held;
    }

    private HeldLease? Checked(MappingKey key, HeldLease? held)
    {
        if (held is not null)
        {
            database.Guard.CheckWrites(key, held.Writes);
        }

        return held;
    }

    private MappingLease Remember(MappingLease lease, HeldLease held)
    {
        database.Guard.RememberWrites(lease.Key, held.Writes);
        return lease;
    }
}
