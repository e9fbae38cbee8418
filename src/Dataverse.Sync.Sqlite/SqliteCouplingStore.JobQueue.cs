namespace Dataverse.Sync.Sqlite;

/// <content>The states of job queue entries.</content>
public sealed partial class SqliteCouplingStore : IJobQueueStore
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StoredJobQueueEntry>> ReadEntriesAsync(
        string scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await file.ReadAsync(
            connection => JobQueueEntryTable.List(connection, scope), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TrySaveEntryAsync(
        string scope, StoredJobQueueEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(entry);
        return await file.WriteAsync(
            connection => JobQueueEntryTable.TrySave(connection, scope, entry), cancellationToken).ConfigureAwait(false);
    }
}
