namespace Cluster;

/// <summary>A process that runs the job queue until its input closes.</summary>
internal static class Worker
{
    public static async Task RunAsync(WorkerSettings settings, string connectionString, TextReader input, TextWriter output)
    {
        using var log = new EntryLog(output);
        await using var synchronization = new Synchronization(settings, connectionString, log);
        await synchronization.Service.StartAsync(CancellationToken.None);
        _ = await input.ReadToEndAsync();
        await synchronization.Service.StopAsync(CancellationToken.None);
    }
}
