using System.Globalization;
using Dataverse.Sync;

namespace Cluster;

/// <summary>Lets workers share the entries, kills one of them while it runs one, and waits until another has finished it.</summary>
internal sealed class Tour(Synchronization own, Workers workers, Screen screen, TimeProvider time)
{
    private const string KilledEntry = $"{StandardMappingNames.Customer} (full)";
    private const string StartOfKilledEntry = $"Entry {KilledEntry}: started.";

    // Some requests later. If the run has ended by then, another one is asked for.
    private static readonly TimeSpan MomentInTheRun = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(int count, CancellationToken cancellationToken)
    {
        screen.Show($"{count} workers begin; each entry runs in one of them");
        for (var number = 0; number < count; number++)
        {
            workers.Start();
        }

        await UntilAsync(entries => entries.Count > 0 && entries.All(entry => entry.LastFinishedOn is not null), cancellationToken);
        screen.Show("all entries have run; a full synchronization of all mappings is asked for");
        WorkerProcess victim;
        do
        {
            var starting = workers.WaitForAsync((_, line) => line == StartOfKilledEntry, cancellationToken);
            _ = await own.Queue.SynchronizeFullAsync(cancellationToken: cancellationToken);
            victim = await starting;
            await Task.Delay(MomentInTheRun, time, cancellationToken);
        }
        while (!await IsInProcessAsync(cancellationToken));

        await KillAsync(victim, cancellationToken);
        workers.Start();
        await UntilAsync(
            entries => entries.All(entry => !entry.IsOneTime || entry.State == JobQueueEntryState.Finished), cancellationToken);
        screen.Show("the full synchronization has ended; the workers are told to stop");
        await workers.StopAsync(cancellationToken);
    }

    private async Task KillAsync(WorkerProcess victim, CancellationToken cancellationToken)
    {
        var taking = workers.WaitForAsync((worker, line) => worker != victim && line == StartOfKilledEntry, cancellationToken);
        victim.Kill();
        var killed = time.GetTimestamp();
        screen.Show($"worker {victim.Number} is killed while it runs {KilledEntry}");
        var successor = await taking;
        var passed = time.GetElapsedTime(killed).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        screen.Show($"worker {successor.Number} has taken {KilledEntry} over {passed} s after the kill");
    }

    // Only looks: the workers find out by themselves that one of them is gone.
    private async Task UntilAsync(Predicate<IReadOnlyList<StoredJobQueueEntry>> isReached, CancellationToken cancellationToken)
    {
        while (!isReached(await ReadAsync(cancellationToken)))
        {
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<bool> IsInProcessAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken))
        .Any(entry => entry.Name == KilledEntry && entry.State == JobQueueEntryState.InProcess);

    private async Task<IReadOnlyList<StoredJobQueueEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        var scope = await own.Engine.FindScopeAsync(cancellationToken);
        return await own.Engine.JobQueueStore!.ReadEntriesAsync(scope.Name, cancellationToken);
    }
}
