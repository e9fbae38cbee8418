using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>Workers whose job queues share one store. One that is killed is replaced at once. Safe for use from several threads.</summary>
internal sealed class WorkerCluster : IDisposable
{
    private readonly Lock gate = new();
    private readonly Func<WorkerSettings> settings;
    private readonly List<WorkerProcess> living;
    private readonly List<WorkerProcess> killed = [];
    private TaskCompletionSource begun = NewSignal();

    /// <summary>Starts the workers.</summary>
    /// <param name="count">How many live at a time.</param>
    /// <param name="settings">Gives the settings of the next worker.</param>
    public WorkerCluster(int count, Func<WorkerSettings> settings)
    {
        this.settings = settings;
        living = [.. Enumerable.Range(0, count).Select(_ => Start())];
    }

    public int KillCount
    {
        get
        {
            lock (gate)
            {
                return killed.Count;
            }
        }
    }

    /// <summary>Whether a process, by its id, is a worker that nobody has killed.</summary>
    public bool IsAlive(int process)
    {
        lock (gate)
        {
            return living.Exists(worker => worker.Id == process);
        }
    }

    /// <summary>Waits until the job queues of so many workers have begun.</summary>
    public async Task UntilBegunAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var signal = Volatile.Read(ref begun);
            lock (gate)
            {
                if (living.Count(HasBegun) >= count)
                {
                    return;
                }
            }

            await signal.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Kills a worker whose job queue has begun, and starts another one.</summary>
    /// <param name="wanted">The process id of the worker to kill, if it is alive; else it is any worker.</param>
    /// <param name="random">Chooses it.</param>
    /// <returns>The process id of the worker that was killed.</returns>
    public int Kill(int? wanted, Random random)
    {
        lock (gate)
        {
            var begun = living.FindAll(HasBegun);
            var victim = begun.Find(worker => worker.Id == wanted) ?? begun[random.Next(begun.Count)];
            victim.Kill();
            _ = living.Remove(victim);
            killed.Add(victim);
            living.Add(Start());
            return victim.Id;
        }
    }

    /// <summary>Tells all workers to stop, and checks that those who were not killed end as told.</summary>
    public async Task StopAsync()
    {
        living.ForEach(worker => worker.Stop());
        foreach (var worker in living)
        {
            var exit = await worker.WaitAsync();
            Assert.True(exit.ExitCode == ExitCode.Done, $"A worker ended by itself: {exit}");
        }

        foreach (var worker in killed)
        {
            var exit = await worker.WaitAsync();
            Assert.True(exit.WasKilled, $"A worker ended by itself: {exit}");
        }
    }

    public void Dispose()
    {
        living.ForEach(worker => worker.Dispose());
        killed.ForEach(worker => worker.Dispose());
    }

    private static bool HasBegun(WorkerProcess worker) => worker.Lines.Contains(Synchronization.QueueHasBegun);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerProcess Start()
    {
        var worker = WorkerProcess.Start(settings());
        worker.Told = _ => Signal();
        if (HasBegun(worker))
        {
            Signal();
        }

        return worker;
    }

    private void Signal() => Interlocked.Exchange(ref begun, NewSignal()).SetResult();
}
