using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Hosting;

/// <summary>What the scheduler calls: it starts due entries, and ends their runs when the host stops.</summary>
internal sealed class ScheduledRuns(JobQueue queue, QueueMeasurement measurement, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<Task> running = [];
    private string? lastFailure;

    /// <summary>Measures the job queue.</summary>
    public QueueMeasurement Measurement => measurement;

    /// <summary>How often the job queue is measured.</summary>
    public TimeSpan MeasureInterval => queue.MeasureInterval;

    /// <summary>How often due entries are looked for.</summary>
    public TimeSpan CheckInterval => queue.CheckInterval;

    /// <summary>Starts the entries that are due. A failure is logged, and the next look tries again.</summary>
    /// <remarks>
    /// A store that is away for an hour fails thousands of looks. An error is logged for the first one, and for another reason.
    /// </remarks>
    public async Task StartDueAsync()
    {
        try
        {
            var started = await queue.StartDueAsync(stopping.Token).ConfigureAwait(false);
            lock (gate)
            {
                _ = running.RemoveAll(task => task.IsCompleted);
                running.AddRange(started);
            }

            if (Interlocked.Exchange(ref lastFailure, null) is not null)
            {
                logger.CheckSucceededAgain();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception failure)
        {
            var reason = FailureReason.Of(failure);
            if (Interlocked.Exchange(ref lastFailure, reason) == reason)
            {
                logger.CheckFailedAgain(reason);
            }
            else
            {
                logger.CheckFailed(reason);
            }
        }
    }

    /// <summary>Deletes old jobs. A failure is logged, and the next time tries again.</summary>
    public async Task DeleteOldJobsAsync()
    {
        try
        {
            _ = await queue.DeleteOldJobsAsync(stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception failure)
        {
            logger.OldJobsNotDeleted(FailureReason.Of(failure));
        }
    }

    /// <summary>Measures the job queue. After a failure, the former measures stay, and the next time tries again.</summary>
    public async Task MeasureAsync()
    {
        try
        {
            await measurement.MeasureAsync(stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception failure)
        {
            logger.NotMeasured(FailureReason.Of(failure));
        }
    }

    /// <summary>Cancels the runs, each of which ends at the next safe point. No entry starts from then on.</summary>
    public Task CancelAsync() => stopping.CancelAsync();

    /// <summary>Waits until the runs have ended and their entries are stored.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.WhenAll(running).WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();
}
