using Quartz;

namespace Dataverse.Sync.Hosting;

/// <summary>Looks for due entries of a job queue and starts them. Does not wait for their ends.</summary>
[DisallowConcurrentExecution]
internal sealed class DueCheckJob(RunningQueues queues) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await queues.Of(context).StartDueAsync().ConfigureAwait(false);
}
