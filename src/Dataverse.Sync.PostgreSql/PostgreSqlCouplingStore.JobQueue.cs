namespace Dataverse.Sync.PostgreSql;

/// <content>The states of job queue entries, and the clock of all job queues.</content>
public sealed partial class PostgreSqlCouplingStore : IJobQueueStore
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredJobQueueEntry>> ReadEntriesAsync(
        string scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await database.ReadAsync(
            (connection, token) => JobQueueEntryTable.ListAsync(connection, scope, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TrySaveEntryAsync(
        string scope, StoredJobQueueEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(entry);
        return await database.WriteAsync(
            (connection, token) => JobQueueEntryTable.TrySaveAsync(connection, scope, entry, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the clock of the database, which all job queues on it share.</summary>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The present time.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    public async ValueTask<DateTimeOffset?> ReadTimeAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(
            (connection, token) => connection.FirstOrDefaultAsync(clock.ToRead(), row => row.InstantOrNull(0), token),
            cancellationToken).ConfigureAwait(false);
}
