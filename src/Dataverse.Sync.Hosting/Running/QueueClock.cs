namespace Dataverse.Sync.Hosting;

/// <summary>The clock of a job queue: that of the store, which all job queues on it share, or else that of the process.</summary>
/// <remarks>
/// It is asked again each time. A difference that was measured once would be wrong as soon as one of the clocks is set.
/// </remarks>
internal sealed class QueueClock(IJobQueueStore store, TimeProvider time)
{
    /// <summary>Reads the present time.</summary>
    public async ValueTask<DateTimeOffset> ReadAsync(CancellationToken cancellationToken) =>
        await store.ReadTimeAsync(cancellationToken).ConfigureAwait(false) ?? time.GetUtcNow();
}
