namespace Cluster;

/// <summary>The worker processes, and what they print.</summary>
internal sealed class Workers(WorkerSettings settings, string connectionString, Screen screen) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<WorkerProcess> all = [];
    private readonly List<(Func<WorkerProcess, string, bool> IsWanted, TaskCompletionSource<WorkerProcess> Found)> awaited = [];

    public IReadOnlyList<WorkerProcess> All
    {
        get
        {
            lock (gate)
            {
                return [.. all];
            }
        }
    }

    public void Start()
    {
        lock (gate)
        {
            var worker = new WorkerProcess(all.Count + 1, settings, connectionString, Receive);
            all.Add(worker);
            screen.Show($"worker {worker.Number} is process {worker.Id}");
        }
    }

    /// <summary>Waits for a line, and returns the worker that prints it.</summary>
    public Task<WorkerProcess> WaitForAsync(Func<WorkerProcess, string, bool> isWanted, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<WorkerProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            awaited.Add((isWanted, found));
        }

        return found.Task.WaitAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var worker in All.Where(worker => !worker.WasKilled))
        {
            await worker.StopAsync(cancellationToken);
        }
    }

    public void Dispose() => all.ForEach(worker => worker.Dispose());

    // Ends of runs are left out; a run that does not succeed is told.
    private void Receive(WorkerProcess worker, string line)
    {
        lock (gate)
        {
            worker.Runs += line.EndsWith(": started.", StringComparison.Ordinal) ? 1 : 0;
            _ = awaited.RemoveAll(wait => wait.IsWanted(worker, line) && wait.Found.TrySetResult(worker));
        }

        if (!line.EndsWith(": the run ended as Finished.", StringComparison.Ordinal))
        {
            screen.Show($"  worker {worker.Number}: {line}");
        }
    }
}
