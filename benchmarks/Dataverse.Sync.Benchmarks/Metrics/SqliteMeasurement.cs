using Dataverse.Sync.Benchmarks.HandWritten;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Sqlite;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The time to commit couplings to SQLite page by page beside bare inserts of the same rows, and the size of the file afterwards.</summary>
internal sealed class SqliteMeasurement : IMeasurement
{
    private const int PageSize = 1_000;
    private const int Warmups = 1;
    private const int TimedRounds = 5;

    public IReadOnlyList<Metric> Metrics => [Metric.SqliteVsBare, Metric.StoreBytesPerCoupling];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        var couplings = Enumerable.Range(0, scale.Coupled).Select(CustomerCouplings.Make).ToArray();
        var pages = couplings.Chunk(PageSize).ToList();
        var rows = pages.ConvertAll(page => page.Select(BareRow.Of).ToArray());
        var (storeBytes, bareBytes) = (0L, 0L);
        var (bare, own) = await Rounds.AlternateAsync(
            Warmups,
            TimedRounds,
            async () =>
            {
                (var time, bareBytes) = await InsertAsync(rows);
                return time;
            },
            async () =>
            {
                (var time, storeBytes) = await CommitAsync(pages, cancellationToken);
                return time;
            });
        return
        [
            new(Metric.SqliteVsBare, own.Median / bare.Median, $"{own.In("ms")} / {bare.In("ms")} for {scale.Coupled} couplings in pages of {PageSize}"),
            new(
                Metric.StoreBytesPerCoupling,
                (double)storeBytes / scale.Coupled,
                $"{storeBytes} bytes of {scale.Coupled} couplings with a base of {couplings[0].Base!.Pack().Length} bytes; the bare table takes {bareBytes}"),
        ];
    }

    private static async Task<(TimeSpan Time, long Bytes)> CommitAsync(IReadOnlyList<Coupling[]> pages, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("couplings.db");
        TimeSpan time;
        await using (var store = new SqliteCouplingStore(new SqliteCouplingStoreOptions { Path = file, Synchronous = SqliteSynchronous.Normal }))
        {
            var lease = await store.TryAcquireLeaseAsync(new("scope", Customers.Mapping), "benchmark", TimeSpan.FromHours(1), cancellationToken);
            time = await Rounds.TimeAsync(async () =>
            {
                foreach (var page in pages)
                {
                    await store.CommitAsync(new() { Lease = lease!, Couplings = page }, cancellationToken);
                }
            });
        }

        return (time, SizeOf(file));
    }

    private static async Task<(TimeSpan Time, long Bytes)> InsertAsync(IReadOnlyList<BareRow[]> pages)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("bare.db");
        TimeSpan time;
        using (var table = new BareTable(file))
        {
            time = await Rounds.TimeAsync(() =>
            {
                foreach (var page in pages)
                {
                    table.Insert(page);
                }

                return Task.CompletedTask;
            });
        }

        return (time, SizeOf(file));
    }

    // The log is folded into the file when the last connection closes; where it was not, it counts.
    private static long SizeOf(string file) => Directory.GetFiles(Path.GetDirectoryName(file)!).Sum(part => new FileInfo(part).Length);
}
