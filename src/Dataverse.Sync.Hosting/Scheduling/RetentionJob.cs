using Quartz;

namespace Dataverse.Sync.Hosting;

/// <summary>Deletes old jobs of the job log.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(ScheduledRuns runs) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runs.DeleteOldJobsAsync().ConfigureAwait(false);
}
