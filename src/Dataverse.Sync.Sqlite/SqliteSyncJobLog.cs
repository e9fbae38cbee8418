namespace Dataverse.Sync.Sqlite;

/// <summary>The job log in the coupling file.</summary>
internal sealed class SqliteSyncJobLog(CouplingFile file) : ISyncJobLog
{
    public async ValueTask SaveAsync(SyncJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        await file.WriteAsync(connection => JobTable.Save(connection, job), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask AddErrorsAsync(IReadOnlyList<SyncJobError> errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(errors);
        await file.WriteAsync(connection => JobTable.AddErrors(connection, errors), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<SyncJob>> ListAsync(string scope, string? mapping, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await file.ReadAsync(connection => JobTable.List(connection, scope, mapping, limit), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<SyncJobError>> ListErrorsAsync(Guid jobId, CancellationToken cancellationToken) =>
        await file.ReadAsync(connection => JobTable.ListErrors(connection, jobId), cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> DeleteAsync(
        string scope, DateTimeOffset finishedBefore, IReadOnlyCollection<Guid> keep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(keep);
        return await file.WriteAsync(
            connection => JobTable.Delete(connection, scope, finishedBefore, IdList.Pack(keep)), cancellationToken).ConfigureAwait(false);
    }
}
