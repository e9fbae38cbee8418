namespace Dataverse.Sync;

/// <summary>Keeps the history of jobs and their records' errors.</summary>
/// <remarks>
/// The log informs people; the engine decides nothing by it, so it may be lost without harm. Implementations are safe for concurrent
/// calls and throw <see cref="CouplingStoreException"/> for what keeps them from answering.
/// </remarks>
public interface ISyncJobLog
{
    /// <summary>Stores a job; one with the same id is replaced.</summary>
    ValueTask SaveAsync(SyncJob job, CancellationToken cancellationToken);

    /// <summary>Adds records' errors to stored jobs; those of a job that is not stored are dropped.</summary>
    ValueTask AddErrorsAsync(IReadOnlyList<SyncJobError> errors, CancellationToken cancellationToken);

    /// <summary>Lists jobs, the last begun first.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="mapping">The mapping, or null for all.</param>
    /// <param name="limit">The greatest number of jobs; at least 1.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    ValueTask<IReadOnlyList<SyncJob>> ListAsync(string scope, string? mapping, int limit, CancellationToken cancellationToken);

    /// <summary>Lists the errors of a job, oldest first.</summary>
    ValueTask<IReadOnlyList<SyncJobError>> ListErrorsAsync(Guid jobId, CancellationToken cancellationToken);

    /// <summary>Deletes the jobs that finished before a moment, with their errors, except those named.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="finishedBefore">The moment.</param>
    /// <param name="keep">Jobs to keep: those that stored failures refer to, so that their errors can still be shown.</param>
    /// <param name="cancellationToken">Ends the deletion.</param>
    /// <returns>How many jobs were deleted.</returns>
    ValueTask<int> DeleteAsync(string scope, DateTimeOffset finishedBefore, IReadOnlyCollection<Guid> keep, CancellationToken cancellationToken);
}
