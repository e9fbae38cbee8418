namespace Dataverse.Sync;

/// <summary>Stores the history of jobs and the errors of their records.</summary>
/// <remarks>
/// <para>The log informs people; the engine makes no decision based on it, so its loss does no harm to synchronization.
/// It stores no field values, except those that a system's own error message contains.</para>
/// <para>Implementations must be safe for concurrent use and throw <see cref="CouplingStoreException"/> if they cannot
/// read or write.</para>
/// </remarks>
public interface ISyncJobLog
{
    /// <summary>
    /// Stores a job, replacing the one with the same id. The errors of a job that is replaced are kept.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the job is stored.</returns>
    /// <exception cref="CouplingStoreException">The log cannot write.</exception>
    ValueTask SaveAsync(SyncJob job, CancellationToken cancellationToken);

    /// <summary>Adds errors to stored jobs. Errors of a job that is not stored are dropped.</summary>
    /// <param name="errors">The errors, each with the id of its job.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the errors are stored.</returns>
    /// <exception cref="CouplingStoreException">The log cannot write.</exception>
    ValueTask AddErrorsAsync(IReadOnlyList<SyncJobError> errors, CancellationToken cancellationToken);

    /// <summary>Lists jobs, the most recently started first.</summary>
    /// <param name="scope">The <see cref="SyncScope.Name"/> of the scope.</param>
    /// <param name="mapping">The name of the mapping, or null for all mappings.</param>
    /// <param name="limit">The maximum number of jobs; at least 1.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The jobs.</returns>
    /// <exception cref="CouplingStoreException">The log cannot read.</exception>
    ValueTask<IReadOnlyList<SyncJob>> ListAsync(
        string scope, string? mapping, int limit, CancellationToken cancellationToken);

    /// <summary>Lists the errors of a job, oldest first.</summary>
    /// <param name="jobId">The <see cref="SyncJob.Id"/> of the job.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The errors; empty if the job is unknown.</returns>
    /// <exception cref="CouplingStoreException">The log cannot read.</exception>
    ValueTask<IReadOnlyList<SyncJobError>> ListErrorsAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Deletes jobs that finished before a point in time, together with their errors.</summary>
    /// <param name="scope">The <see cref="SyncScope.Name"/> of the scope.</param>
    /// <param name="finishedBefore">Jobs that finished at this time or later, or have not finished, are kept.</param>
    /// <param name="keep">
    /// The ids of jobs to keep, such as the <see cref="RecordFailure.JobId"/> of stored failures, so that their errors
    /// can still be shown.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The number of jobs deleted.</returns>
    /// <exception cref="CouplingStoreException">The log cannot write.</exception>
    ValueTask<int> DeleteAsync(
        string scope,
        DateTimeOffset finishedBefore,
        IReadOnlyCollection<Guid> keep,
        CancellationToken cancellationToken);
}
