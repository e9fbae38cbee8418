using Quartz;

namespace Dataverse.Sync.Hosting;

/// <summary>Deletes old jobs of the job log of a job queue.</summary>
[DisallowConcurrentExecution]
internal sealed class RetentionJob(RunningQueues queues) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await queues.Of(context).DeleteOldJobsAsync().ConfigureAwait(false);
}
