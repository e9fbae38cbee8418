using Quartz;

namespace Dataverse.Sync.Hosting;

/// <summary>Measures a job queue for its gauges.</summary>
[DisallowConcurrentExecution]
internal sealed class MeasureJob(RunningQueues queues) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (queues.Gauges.AreEnabled)
        {
            await queues.Of(context).MeasureAsync().ConfigureAwait(false);
        }
    }
}
