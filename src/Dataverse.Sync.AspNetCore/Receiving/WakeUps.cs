using Dataverse.Sync.Hosting;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Wakes the entries of a job queue, each at most once in an interval however often it is asked to.</summary>
/// <remarks>
/// The store is not asked in the request that brings a notification, so that it is answered at once. A wake-up that
/// cannot be stored is lost: the entry starts by its schedule.
/// </remarks>
internal sealed class WakeUps(JobQueue queue, TimeSpan interval, TimeProvider time, ILogger logger)
    : IDisposable, IAsyncDisposable
{
    // With a shorter delay of the job queue, a burst would still reach the store once for each notification.
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    private readonly TimeSpan interval = interval > ShortestInterval ? interval : ShortestInterval;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, DateTimeOffset> last = new(StringComparer.Ordinal);
    private readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    private readonly List<Task> running = [];

    /// <summary>Asks for a wake-up and returns at once.</summary>
    /// <param name="mapping">The name of the mapping.</param>
    public void Ask(string mapping)
    {
        lock (gate)
        {
            if (stopping.IsCancellationRequested || !waiting.Add(mapping))
            {
                return;
            }

            // A clock that was set back must not delay the wake-up.
            var now = time.GetUtcNow();
            var wait = last.TryGetValue(mapping, out var before) && before <= now ? before + interval - now : TimeSpan.Zero;
            var token = stopping.Token;
            _ = running.RemoveAll(task => task.IsCompleted);
            running.Add(Task.Run(() => WakeAsync(mapping, wait, token), CancellationToken.None));
        }
    }

    /// <summary>Ends without waiting for wake-ups that are being stored.</summary>
    public void Dispose() => stopping.Cancel();

    /// <summary>Ends when no wake-up is being stored any more.</summary>
    /// <returns>A task that never fails.</returns>
    public async ValueTask DisposeAsync()
    {
        Task[] unfinished;
        lock (gate)
        {
            stopping.Cancel();
            unfinished = [.. running];
        }

        await Task.WhenAll(unfinished).ConfigureAwait(false);
        stopping.Dispose();
    }

    private async Task WakeAsync(string mapping, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }

            Begin(mapping);
            _ = await queue.WakeAsync(mapping, cancellationToken).ConfigureAwait(false);
            logger.Woken(mapping);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process ends.
        }
        catch (Exception failure)
        {
            logger.NotWoken(mapping, FailureReason.Of(failure));
        }
    }

    // Before the store is asked: what changes from now on needs another wake-up.
    private void Begin(string mapping)
    {
        lock (gate)
        {
            _ = waiting.Remove(mapping);
            last[mapping] = time.GetUtcNow();
        }
    }
}
