using Dataverse.Sync;

namespace Cluster;

/// <summary>What is left after the workers have ended.</summary>
internal static class Summary
{
    private static readonly string[] Counted = [StandardMappingNames.Customer, StandardMappingNames.Vendor, StandardMappingNames.Contact];

    /// <summary>Prints the summary. Returns whether nothing was left to do.</summary>
    public static async Task<bool> ShowAsync(
        Clouds clouds, Synchronization own, Workers workers, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync();
        foreach (var worker in workers.All)
        {
            var end = worker.WasKilled ? " and was killed" : string.Empty;
            await output.WriteLineAsync($"worker {worker.Number} (process {worker.Id}) started {worker.Runs} runs{end}");
        }

        foreach (var mapping in Counted)
        {
            var couplings = own.Engine.Couplings.ListAsync(mapping, cancellationToken);
            await output.WriteLineAsync($"{mapping}: {await couplings.CountAsync(cancellationToken)} couplings");
        }

        foreach (var entry in await own.Queue.ListAsync(cancellationToken))
        {
            await output.WriteLineAsync($"entry {entry.Name}: {entry.State}");
        }

        var before = RowWrites(clouds);
        _ = await own.Engine.SynchronizeFullAsync(cancellationToken: cancellationToken);
        var written = RowWrites(clouds) - before;
        await output.WriteLineAsync($"a last full run over all records wrote {written} rows");
        return written == 0;
    }

    private static int RowWrites(Clouds clouds) =>
        clouds.BusinessCentral.Requests.RowWriteCount + clouds.Dataverse.Requests.RowWriteCount;
}
