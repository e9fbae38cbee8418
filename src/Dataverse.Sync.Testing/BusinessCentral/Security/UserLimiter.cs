using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The limits of one user: requests in a sliding window, concurrent requests, and the queue.</summary>
internal sealed class UserLimiter(BusinessCentralLimits limits, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Queue<(DateTimeOffset At, int Weight)> window = new();
    private readonly LinkedList<TaskCompletionSource> waiting = new();
    private int used;
    private int running;

    /// <summary>Waits in the queue until the request may run. Dispose the result to release the place.</summary>
    public async Task<IDisposable> EnterAsync(int weight, CancellationToken cancellationToken)
    {
        var place = Queue(weight);
        if (place is null)
        {
            return new Place(this);
        }

        try
        {
            await place.Task.WaitAsync(limits.QueueWait, time, cancellationToken).ConfigureAwait(false);
            return new Place(this);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            GiveUp(place);
            throw exception is TimeoutException
                ? new BusinessCentralException(
                    503, "Internal_ServerError", "The request waited too long to be processed.")
                : exception;
        }
    }

    /// <summary>Takes a place, or one in the queue, without waiting.</summary>
    /// <returns>What completes when the place in the queue becomes a place; null for a place at once.</returns>
    /// <exception cref="BusinessCentralException">A limit is reached.</exception>
    public TaskCompletionSource? Queue(int weight)
    {
        lock (gate)
        {
            Forget();
            if (used + weight > limits.RequestsPerWindow)
            {
                throw Errors.TooManyRequests(
                    Text("requests in the time window", used + weight, limits.RequestsPerWindow));
            }

            if (running >= limits.Concurrent && waiting.Count >= limits.Queue)
            {
                throw Errors.TooManyRequests(
                    Text(
                        "concurrent and queued requests", running + waiting.Count + 1,
                        limits.Concurrent + limits.Queue));
            }

            window.Enqueue((time.GetUtcNow(), weight));
            used += weight;
            if (running < limits.Concurrent)
            {
                running++;
                return null;
            }

            return waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Value;
        }
    }

    private void Forget()
    {
        var start = time.GetUtcNow() - limits.Window;
        while (window.TryPeek(out var oldest) && oldest.At <= start)
        {
            used -= window.Dequeue().Weight;
        }
    }

    private void GiveUp(TaskCompletionSource place)
    {
        lock (gate)
        {
            if (waiting.Remove(place))
            {
                return;
            }
        }

        // The place was granted at the same moment: release it.
        Leave();
    }

    /// <summary>Gives a place to the next in the queue.</summary>
    public void Leave()
    {
        lock (gate)
        {
            if (waiting.First is not { } next)
            {
                running--;
                return;
            }

            waiting.RemoveFirst();
            next.Value.SetResult();
        }
    }

    private static string Text(string what, int actual, int maximum) => string.Create(
        CultureInfo.InvariantCulture,
        $"The number of {what} ({actual}) exceeds the maximum of {maximum}. Please retry later.");

    private sealed class Place(UserLimiter limiter) : IDisposable
    {
        private int isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLeft, 1) == 0)
            {
                limiter.Leave();
            }
        }
    }
}
