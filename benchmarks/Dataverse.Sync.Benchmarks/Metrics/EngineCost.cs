using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>Time and allocations of engine runs over prepared tables, for one record.</summary>
internal sealed record EngineCost(double Ratio, double Bytes, string Times)
{
    private const int Warmups = 5;
    private const int TimedRounds = 11;
    private const int CountedRounds = 3;
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Measures runs beside copying all local records.</summary>
    /// <param name="prepared">The engine and its tables.</param>
    /// <param name="records">The records that one run is about.</param>
    /// <param name="run">A run.</param>
    /// <param name="prepare">What happens before each run; not measured.</param>
    public static async Task<EngineCost> MeasureAsync(PreparedEngine prepared, int records, Func<Task> run, Action? prepare = null)
    {
        var (copies, runs) = await Rounds.AlternateAsync(
            Warmups,
            TimedRounds,
            () => Rounds.TimeAsync(() => CopyAllAsync(prepared.Local.Records)),
            () =>
            {
                prepare?.Invoke();
                return Rounds.TimeAsync(run);
            });
        var bytes = new List<double>();
        for (var round = 0; round < CountedRounds; round++)
        {
            prepare?.Invoke();
            bytes.Add((double)await Rounds.AllocationsAsync(run) / records);
        }

        var (copy, own) = (copies.Per(prepared.Local.Records.Count / NanosecondsPerMillisecond), runs.Per(records / NanosecondsPerMillisecond));
        return new(own.Median / copy.Median, Spread.Of(bytes).Median, $"{own.In("ns")} / {copy.In("ns")} a record");
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
