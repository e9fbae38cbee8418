using System.Globalization;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Processes;

/// <summary>A first full run between two SQLite files, in a process of its own, so that its peak of memory is nobody else's.</summary>
internal static class SqliteRun
{
    /// <summary>The hidden verb: <c>sqlite-run N</c>.</summary>
    public const string Verb = "sqlite-run";

    /// <summary>Starts the process.</summary>
    /// <returns>The peak of resident memory, in megabytes of 2^20 bytes.</returns>
    public static async Task<double> InOwnProcessAsync(int rows, CancellationToken cancellationToken) =>
        double.Parse(await ChildProcess.RunSelfAsync([Verb, rows.ToString(CultureInfo.InvariantCulture)], cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(string rows, TextWriter output)
    {
        var count = int.Parse(rows, CultureInfo.InvariantCulture);
        await using var pair = new SqlitePair(count);
        _ = await pair.CreateAsync();
        await output.WriteLineAsync(PeakMemory.Megabytes().ToString(CultureInfo.InvariantCulture));
        return 0;
    }
}
