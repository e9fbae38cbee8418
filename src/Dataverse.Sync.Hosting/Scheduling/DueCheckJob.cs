using Quartz;

namespace Dataverse.Sync.Hosting;

/// <summary>Looks for due entries and starts them. Does not wait for their ends.</summary>
[DisallowConcurrentExecution]
internal sealed class DueCheckJob(ScheduledRuns runs) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runs.StartDueAsync().ConfigureAwait(false);
}
