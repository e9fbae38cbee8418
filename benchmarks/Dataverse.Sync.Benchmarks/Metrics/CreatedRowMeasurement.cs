using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>What the engine and its SQLite store cost for each record that a first run creates, beside a deep copy of the record.</summary>
internal sealed class CreatedRowMeasurement : IMeasurement
{
    private const int Warmups = 5;
    private const int TimedRounds = 7;
    private const double NanosecondsPerMillisecond = 1e6;

    public IReadOnlyList<Metric> Metrics => [Metric.CreatedVsCopy, Metric.CreatedBytes];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        var local = new PreparedConnector(SyncSide.Local, scale.Records, SqliteCustomers.PageSize);
        var bytes = new List<double>();
        var (copies, runs) = await Rounds.AlternateAsync(
            Warmups,
            TimedRounds,
            () => Rounds.TimeAsync(() => CopyAllAsync(local.Records)),
            async () =>
            {
                var (time, allocated) = await CreateAsync(local, scale.Records);
                bytes.Add((double)allocated / scale.Records);
                return time;
            });
        var perRecord = scale.Records / NanosecondsPerMillisecond;
        var (copy, own) = (copies.Per(perRecord), runs.Per(perRecord));
        var allocations = Spread.Of(bytes.Skip(Warmups));
        return
        [
            new(Metric.CreatedVsCopy, own.Median / copy.Median, $"{own.In("ns")} / {copy.In("ns")} a record"),
            new(Metric.CreatedBytes, allocations.Median, allocations.In("bytes")),
        ];
    }

    private static async Task<(TimeSpan Time, long Bytes)> CreateAsync(PreparedConnector local, int count)
    {
        await using var engine = new CreatingEngine(local);
        await engine.PrepareAsync();
        var bytes = 0L;
        var time = await Rounds.TimeAsync(async () =>
            bytes = await Rounds.AllocationsAsync(async () => Expectation.Require(await engine.CreateAsync(), count, "inserted")));
        return (time, bytes);
    }

    private static Task CopyAllAsync(IReadOnlyList<TableRecord> records)
    {
        foreach (var record in records)
        {
            GC.KeepAlive(Customers.DeepCopy(record));
        }

        return Task.CompletedTask;
    }
}
