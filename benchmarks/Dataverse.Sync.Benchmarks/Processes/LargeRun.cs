using System.Diagnostics;
using System.Globalization;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Sqlite;

namespace Dataverse.Sync.Benchmarks.Processes;

/// <summary>A first full run of generated customers into an SQLite store, in a process of its own, so that its peak of memory is nobody else's.</summary>
internal static class LargeRun
{
    /// <summary>The hidden verb: <c>large-run N</c>, or 0 for a process that does nothing before it tells its peak.</summary>
    public const string Verb = "large-run";

    // The services' own page sizes.
    private const int LocalPageSize = 20_000;
    private const int IntegrationPageSize = 5_000;
    private const double BytesPerMegabyte = 1024 * 1024;

    /// <summary>Starts the process.</summary>
    public static async Task<LargeRunResult> InOwnProcessAsync(int records, CancellationToken cancellationToken) =>
        LargeRunResult.Parse(await ChildProcess.RunSelfAsync([Verb, records.ToString(CultureInfo.InvariantCulture)], cancellationToken));

    /// <summary>What the process does.</summary>
    public static async Task<int> RunAsync(string records, TextWriter output)
    {
        var count = int.Parse(records, CultureInfo.InvariantCulture);
        var result = count == 0 ? new(0, 0, PeakMemory.Megabytes(), 0, 0) : await MeasureAsync(count);
        await output.WriteLineAsync(result.ToJson());
        return 0;
    }

    private static async Task<LargeRunResult> MeasureAsync(int count)
    {
        // What the compiler does at first would weigh on a short run alone.
        _ = await TimeAsync(Math.Min(count, LocalPageSize / 4));
        return await TimeAsync(count);
    }

    private static async Task<LargeRunResult> TimeAsync(int count)
    {
        using var folder = new TemporaryFolder();
        await using var store = new SqliteCouplingStore(folder.File("couplings.db"));
        var accounts = new GeneratedAccounts(count, IntegrationPageSize);
        using var engine = new SyncEngine(new()
        {
            Local = new GeneratedCustomers(count, LocalPageSize),
            Integration = accounts,
            Mappings = [Customers.CreateMapping()],
            Store = store,
        });
        var start = Stopwatch.GetTimestamp();
        var job = await engine.SynchronizeFullAsync(Customers.Mapping);
        var time = Stopwatch.GetElapsedTime(start);
        Expectation.Require(job.Counters.Inserted, count, "inserted");
        Expectation.Require(accounts.Count, count, "created");
        var bytes = Directory.GetFiles(folder.Path).Sum(file => new FileInfo(file).Length);
        var peak = PeakMemory.Megabytes();
        return new(count, time.TotalMilliseconds, peak, GC.GetTotalMemory(forceFullCollection: true) / BytesPerMegabyte, bytes / BytesPerMegabyte);
    }
}
