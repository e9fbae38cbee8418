namespace Dataverse.Sync.KillTests.Worker;

/// <summary>Runs of all mappings, one after the other; each is told in a line of the output.</summary>
internal sealed class Rounds(Synchronization synchronization, WorkerSettings settings, TextWriter output, TimeProvider time)
{
    private const int MostRoundsUntilQuiet = 300;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private int number;

    /// <summary>Runs full once, if so told, then what was modified, until the token is cancelled; the round under way is finished.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var kind = settings.Task == WorkerTask.FullFirst ? SyncJobKind.Full : SyncJobKind.Modified;
        while (!stop.IsCancellationRequested)
        {
            kind = await TryRunAsync(kind) is null ? kind : SyncJobKind.Modified;
            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs full once; a mapping that somebody else runs is waited for.</summary>
    public async Task RunFullOnceAsync()
    {
        while (await TryRunAsync(SyncJobKind.Full) is null)
        {
            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }

    /// <summary>Runs until nothing is left to do; answers whether that came to pass.</summary>
    public async Task<bool> RunUntilQuietAsync()
    {
        while (number < MostRoundsUntilQuiet)
        {
            if (await TryRunAsync(SyncJobKind.Full) is { } full && Writes(full) == 0 && await synchronization.CountIntentsAsync(CancellationToken.None) == 0)
            {
                return await TryRunAsync(SyncJobKind.Modified) is { } modified && Writes(modified) == 0;
            }

            await Task.Delay(Pause, time, CancellationToken.None);
        }

        return false;
    }

    private static long Writes(SyncCounters counters) => counters.Inserted + counters.Modified + counters.Deleted + counters.Coupled + counters.Uncoupled;

    // The lease of a process that was killed runs on for a while, and another worker may be at work.
    private async Task<SyncCounters?> TryRunAsync(SyncJobKind kind)
    {
        number++;
        try
        {
            // More deletions than the fuse lets pass may pile up while workers are killed.
            var options = new SyncRunOptions { AllowsMassDeletion = true, PageSize = settings.PageSize };
            var jobs = kind == SyncJobKind.Full
                ? await synchronization.Engine.SynchronizeFullAsync(options, CancellationToken.None)
                : await synchronization.Engine.SynchronizeModifiedAsync(options, CancellationToken.None);
            var counters = jobs.Aggregate(SyncCounters.None, (sum, job) => sum + job.Counters);
            await TellAsync($"{kind} {string.Join(' ', counters.Named().Select(counter => $"{counter.Key}={counter.Value}"))}");
            return counters;
        }
        catch (SyncRunException stopped) when (stopped.InnerExceptions.All(failure => failure is MappingBusyException or LeaseLostException))
        {
            await TellAsync(stopped.InnerException is MappingBusyException ? "busy" : "lease lost");
        }

        return null;
    }

    private Task TellAsync(string what) => output.WriteLineAsync($"round={number} {what}");
}
