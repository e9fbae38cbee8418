using Quartz;

namespace Dataverse.Sync.Hosting;

/// <summary>The job queues that the scheduler calls.</summary>
/// <param name="queues">The job queues, in the order in which they were registered.</param>
/// <param name="time">The clock of the gauges.</param>
internal sealed class RunningQueues(IReadOnlyList<ScheduledRuns> queues, TimeProvider time) : IDisposable
{
    private const string QueueKey = "queue";

    /// <summary>All job queues.</summary>
    public IReadOnlyList<ScheduledRuns> All => queues;

    /// <summary>The gauges of all job queues.</summary>
    public QueueGauges Gauges { get; } = new([.. queues.Select(queue => queue.Measurement)], time);

    /// <summary>Makes a scheduled job one of a job queue.</summary>
    public static void Assign<TJob>(IJobConfigurator<TJob> job, string purpose, int queue)
        where TJob : IJob =>
        job.WithIdentity($"{purpose} {queue}").UsingJobData(QueueKey, queue);

    /// <summary>Returns the job queue of a scheduled job.</summary>
    public ScheduledRuns Of(IJobExecutionContext context) => queues[context.MergedJobDataMap.GetInt(QueueKey)];

    /// <inheritdoc/>
    public void Dispose()
    {
        Gauges.Dispose();
        foreach (var queue in queues)
        {
            queue.Dispose();
        }
    }
}
