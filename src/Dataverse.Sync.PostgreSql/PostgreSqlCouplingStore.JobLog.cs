namespace Dataverse.Sync.PostgreSql;

public sealed partial class PostgreSqlCouplingStore
{
    async ValueTask ISyncJobLog.SaveAsync(SyncJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await WriteAsync((connection, token) => JobTable.SaveAsync(connection, job, token), cancellationToken)
            .ConfigureAwait(false);
    }

    async ValueTask ISyncJobLog.AddErrorsAsync(IReadOnlyList<SyncJobError> errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(errors);
        await WriteAsync((connection, token) => JobErrorTable.AddAsync(connection, errors, token), cancellationToken)
            .ConfigureAwait(false);
    }

    async ValueTask<IReadOnlyList<SyncJob>> ISyncJobLog.ListAsync(
        string scope, string? mapping, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await database.ReadAsync(
            (connection, token) => JobTable.ListAsync(connection, scope, mapping, limit, token),
            cancellationToken).ConfigureAwait(false);
    }

    async ValueTask<IReadOnlyList<SyncJobError>> ISyncJobLog.ListErrorsAsync(
        Guid jobId, CancellationToken cancellationToken) =>
        await database.ReadAsync(
            (connection, token) => JobErrorTable.ListAsync(connection, jobId, token),
            cancellationToken).ConfigureAwait(false);

    async ValueTask<int> ISyncJobLog.DeleteAsync(
        string scope, DateTimeOffset finishedBefore, IReadOnlyCollection<Guid> keep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(keep);
        var deleted = await database.WriteAsync(
            (connection, token) => JobTable.DeleteAsync(connection, scope, finishedBefore, keep, token),
            cancellationToken).ConfigureAwait(false);
        return (int)deleted;
    }
}
