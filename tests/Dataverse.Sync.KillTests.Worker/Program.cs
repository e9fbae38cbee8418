using Dataverse.Sync;
using Dataverse.Sync.KillTests.Worker;

var settings = WorkerSettings.Parse(args[0]);
await using var synchronization = new Synchronization(settings);
var rounds = new Rounds(synchronization, settings, Console.Out, TimeProvider.System);
try
{
    switch (settings.Task)
    {
        case WorkerTask.FullOnce:
            await rounds.RunFullOnceAsync();
            return (int)ExitCode.Done;
        case WorkerTask.Queue or WorkerTask.QueueFullFirst:
            await synchronization.RunQueueAsync(asksForFull: settings.Task == WorkerTask.QueueFullFirst, Console.In, Console.Out);
            return (int)ExitCode.Done;
        case WorkerTask.UntilQuiet:
            return (int)(await rounds.RunUntilQuietAsync() ? ExitCode.Done : ExitCode.NeverQuiet);
        default:
            using (var stop = new CancellationTokenSource())
            {
                // Whoever started this process has gone, or wants it to end, when the input closes.
                var closing = Task.Run(() =>
                {
                    _ = Console.In.ReadToEnd();
                    stop.Cancel();
                });
                await rounds.RunAsync(stop.Token);
                await closing;
            }

            return (int)ExitCode.Done;
    }
}
catch (SyncRunException stopped) when (stopped.InnerExceptions.OfType<CouplingStoreException>().FirstOrDefault() is { } failure)
{
    await Console.Error.WriteLineAsync($"error: {failure.Failure}: {failure.Message}");
    return (int)ExitCode.StoreFailed;
}
catch (CouplingStoreException failure)
{
    await Console.Error.WriteLineAsync($"error: {failure.Failure}: {failure.Message}");
    return (int)ExitCode.StoreFailed;
}
catch (SyncException failure)
{
    await Console.Error.WriteLineAsync($"error: {failure.GetType().Name}: {failure.Message}");
    return (int)ExitCode.RunFailed;
}
