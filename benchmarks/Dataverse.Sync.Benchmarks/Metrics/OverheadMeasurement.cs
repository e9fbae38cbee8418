using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The time of a first full run of customers over HTTP, into an SQLite store, beside the fastest simple copy of them. Every round has a new Dataverse.</summary>
internal sealed class OverheadMeasurement : IMeasurement
{
    private const int Warmups = 3;
    private const int TimedRounds = 5;

    public IReadOnlyList<Metric> Metrics => [Metric.OverheadFull];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        await using var local = await LocalCompany.StartAsync(scale.Records, cancellationToken);
        var (copy, own) = await Rounds.AlternateAsync(
            Warmups,
            TimedRounds,
            () => FirstCopy.TimeAsync(local, handler: null, cancellationToken),
            () => FirstRun.TimeAsync(local, handler: null, cancellationToken));
        return [new(Metric.OverheadFull, own.Median / copy.Median, $"{own.In("ms")} / {copy.In("ms")} for {scale.Records} customers; both include the time of the emulators")];
    }
}
