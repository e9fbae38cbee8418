using System.Globalization;
using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>Looks at the stored job queue entries again and again, without changing any.</summary>
internal sealed class EntryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource ending = new();
    private readonly Synchronization synchronization;
    private readonly WorkerCluster cluster;
    private readonly Standstills standstills;
    private readonly Task watching;
    private volatile IReadOnlyList<StoredJobQueueEntry> entries = [];

    public EntryWatch(Bench bench, WorkerCluster cluster, Standstills standstills, TimeProvider time)
    {
        (this.cluster, this.standstills) = (cluster, standstills);
        synchronization = new(bench.Settings);
        watching = WatchAsync(time);
    }

    /// <summary>The entries as they were seen last.</summary>
    public IReadOnlyList<StoredJobQueueEntry> Entries => entries;

    /// <summary>The id of the process that owns an entry in process.</summary>
    public static int? OwnerOf(StoredJobQueueEntry entry) =>
        entry.Owner is { } owner ? int.Parse(owner.Split('/')[1], CultureInfo.InvariantCulture) : null;

    /// <summary>Waits until every entry has had a run to its end that began from now on, and none has failed for good.</summary>
    public async Task UntilAllHaveRunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var start = await ReadTimeAsync();
        while (Entries.Count == 0 || !Entries.All(entry => HasRunSince(entry, start)))
        {
            Assert.True(Entries.All(entry => entry.State != JobQueueEntryState.Error), $"An entry is in error: {this}");
            Assert.False(cancellationToken.IsCancellationRequested, $"An entry does not run any more: {this}");
            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }

    /// <summary>Looks for the last time.</summary>
    public async Task<IReadOnlyList<StoredJobQueueEntry>> EndAsync()
    {
        await ending.CancelAsync();
        await watching;
        await LookAsync();
        return entries;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching;
        await synchronization.DisposeAsync();
        ending.Dispose();
    }

    public override string ToString() => string.Join(" | ", Entries);

    private static bool HasRunSince(StoredJobQueueEntry entry, DateTimeOffset start) =>
        entry.IsOneTime ? entry.State == JobQueueEntryState.Finished : entry.LastFinishedOn > start;

    private async Task WatchAsync(TimeProvider time)
    {
        while (!ending.IsCancellationRequested)
        {
            await LookAsync();
            await Task.Delay(Pause, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Which workers live is asked after the entries were read: a new owner is known by then, and one that died is not alive.
    private async Task LookAsync()
    {
        var scope = await synchronization.Engine.FindScopeAsync();
        var seen = await ((IJobQueueStore)synchronization.Store).ReadEntriesAsync(scope.Name, CancellationToken.None);
        var now = await ReadTimeAsync();
        foreach (var entry in seen)
        {
            standstills.See(entry, OwnerOf(entry) is { } owner && cluster.IsAlive(owner), now);
        }

        entries = seen;
    }

    private async Task<DateTimeOffset> ReadTimeAsync() =>
        (await ((IJobQueueStore)synchronization.Store).ReadTimeAsync(CancellationToken.None))!.Value;
}
