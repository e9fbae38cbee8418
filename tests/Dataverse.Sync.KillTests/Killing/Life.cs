using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>The life of one worker, or of two on the same file, up to its violent end.</summary>
internal sealed class Life : IDisposable
{
    // A moment that does not come, such as the tenth write of a worker with little to do, is not waited for any longer.
    private const int MostRounds = 3;

    private readonly Bench bench;
    private readonly KillPlan plan;
    private readonly IReadOnlyList<WorkerProcess> workers;
    private readonly Action met;
    private int left;

    public Life(Bench bench, KillPlan plan, WorkerSettings settings, int workerCount, Action met)
    {
        (this.bench, this.plan, this.met, left) = (bench, plan, met, plan.Count);
        workers = [.. Enumerable.Range(0, workerCount).Select(_ => WorkerProcess.Start(settings))];
        bench.Received = Receive;
    }

    /// <summary>Whether the planned moment did not come.</summary>
    public bool IsOverdue { get; private set; }

    /// <summary>Waits for the end of the workers and answers how each ended.</summary>
    public async Task<IReadOnlyList<WorkerExit>> EndAsync(TimeProvider time)
    {
        foreach (var worker in workers)
        {
            worker.Told = _ => EndLongLife();
        }

        EndLongLife();
        using var log = WatchFile();
        if (plan.Trigger == KillTrigger.Time)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(plan.Count), time);
            KillAll();
        }

        var exits = new List<WorkerExit>();
        foreach (var worker in workers)
        {
            exits.Add(await worker.WaitAsync());
        }

        bench.Received = null;
        return exits;
    }

    public void Dispose()
    {
        bench.Received = null;
        foreach (var worker in workers)
        {
            worker.Dispose();
        }
    }

    private bool Receive(SyncSide side, Testing.FaultTarget request)
    {
        met();
        return plan.Counts(request.IsWrite) && Approach() && plan.IsLost;
    }

    /// <summary>Comes one step nearer to the end; answers whether this was the last.</summary>
    private bool Approach()
    {
        if (Interlocked.Decrement(ref left) != 0)
        {
            return false;
        }

        KillAll();
        return true;
    }

    private void KillAll()
    {
        foreach (var worker in workers)
        {
            worker.Kill();
        }
    }

    private void EndLongLife()
    {
        if (workers.Any(worker => worker.Lines.Count(WorkerExit.IsRound) >= MostRounds))
        {
            IsOverdue |= Interlocked.Exchange(ref left, 0) > 0;
            KillAll();
        }
    }

    private FileSystemWatcher WatchFile()
    {
        var watcher = new FileSystemWatcher(Path.GetDirectoryName(bench.StoreFile)!, Path.GetFileName(bench.StoreFile) + "-wal")
        {
            NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        if (plan.Trigger == KillTrigger.FileWritten)
        {
            watcher.Changed += (_, _) => Approach();
            watcher.EnableRaisingEvents = true;
        }

        return watcher;
    }
}
