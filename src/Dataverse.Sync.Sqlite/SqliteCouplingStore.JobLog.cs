namespace Dataverse.Sync.Sqlite;

public sealed partial class SqliteCouplingStore
{
    async ValueTask ISyncJobLog.SaveAsync(SyncJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await file.WriteAsync(connection => JobTable.Save(connection, job), cancellationToken).ConfigureAwait(false);
    }

    async ValueTask ISyncJobLog.AddErrorsAsync(IReadOnlyList<SyncJobError> errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(errors);
        await file.WriteAsync(
            connection => JobTable.AddErrors(connection, errors), cancellationToken).ConfigureAwait(false);
    }

    async ValueTask<IReadOnlyList<SyncJob>> ISyncJobLog.ListAsync(
        string scope, string? mapping, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await file.ReadAsync(connection => JobTable.List(connection, scope, mapping, limit), cancellationToken)
            .ConfigureAwait(false);
    }

    async ValueTask<IReadOnlyList<SyncJobError>> ISyncJobLog.ListErrorsAsync(
        Guid jobId, CancellationToken cancellationToken) =>
        await file.ReadAsync(
            connection => JobTable.ListErrors(connection, jobId), cancellationToken).ConfigureAwait(false);

    async ValueTask<int> ISyncJobLog.DeleteAsync(
        string scope, DateTimeOffset finishedBefore, IReadOnlyCollection<Guid> keep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(keep);
        var kept = IdList.Pack(keep);
        return await file.WriteAsync(
            connection => JobTable.Delete(connection, scope, finishedBefore, kept),
            cancellationToken).ConfigureAwait(false);
    }
}
