using Dataverse.Sync.Benchmarks.HandWritten;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Processes;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>Runs between two SQLite files beside the least that a hand-written program does: bare inserts, and a scan for changes.</summary>
internal sealed class SqliteRunsMeasurement : IMeasurement
{
    private const int Warmups = 1;
    private const int FirstRuns = 5;
    private const int LaterRuns = 7;

    public IReadOnlyList<Metric> Metrics => [Metric.SqliteFirstVsBare, Metric.SqliteModified, Metric.SqliteIdle, Metric.PeakMegabytesOf100k];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        var first = await MeasureFirstAsync(scale.Coupled);
        await using var pair = new SqlitePair(scale.Coupled);
        _ = await pair.CreateAsync();
        using var scans = new ChangeScans(pair.LocalPath, pair.IntegrationPath);
        var idle = await MeasureLaterAsync(Metric.SqliteIdle, pair, scans, changed: 0);
        var modified = await MeasureLaterAsync(Metric.SqliteModified, pair, scans, scale.Changed);
        var peak = await SqliteRun.InOwnProcessAsync(scale.Coupled, cancellationToken);
        return [first, modified, idle, new(Metric.PeakMegabytesOf100k, peak, $"{scale.Coupled} rows")];
    }

    private static async Task<MetricResult> MeasureFirstAsync(int rows)
    {
        var bare = new BareCopy(rows);
        var (inserts, own) = await Rounds.AlternateAsync(Warmups, FirstRuns, bare.TimeAsync, () => TimeFirstAsync(rows));
        return new(Metric.SqliteFirstVsBare, own.Median / inserts.Median, $"{own.In("ms")} / {inserts.In("ms")} for {rows} rows");
    }

    private static async Task<TimeSpan> TimeFirstAsync(int rows)
    {
        await using var pair = new SqlitePair(rows);
        return await pair.CreateAsync();
    }

    private static async Task<MetricResult> MeasureLaterAsync(Metric metric, SqlitePair pair, ChangeScans scans, int changed)
    {
        _ = scans.Run();
        var (scan, own) = await Rounds.AlternateAsync(
            Warmups,
            LaterRuns,
            () =>
            {
                if (changed > 0)
                {
                    pair.Edit(changed);
                }

                return Rounds.TimeAsync(() =>
                {
                    // Edited rows, and in the rounds after the first those that the run before wrote.
                    Expectation.RequireAtLeast(scans.Run(), changed, "changed");
                    return Task.CompletedTask;
                });
            },
            () => pair.SynchronizeAsync(changed));
        return new(metric, own.Median / scan.Median, $"{own.In("ms")} / {scan.In("ms")} for {changed} changes");
    }
}
