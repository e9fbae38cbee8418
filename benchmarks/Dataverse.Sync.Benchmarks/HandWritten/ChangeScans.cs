namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>The scans of two tables.</summary>
internal sealed class ChangeScans(string local, string integration) : IDisposable
{
    private readonly ChangeScan[] scans = [new(local), new(integration)];

    /// <summary>Looks for changes and deletions in both.</summary>
    /// <returns>The changed rows.</returns>
    public int Run() => scans.Sum(scan => scan.Run().Changed);

    public void Dispose() => Array.ForEach(scans, scan => scan.Dispose());
}
