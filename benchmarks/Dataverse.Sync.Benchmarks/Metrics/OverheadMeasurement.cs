using Dataverse.Sync.Benchmarks.HandWritten;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The time of a first full run of customers over HTTP, into an SQLite store, beside the fastest simple copy of them. Every round has a new Dataverse.</summary>
internal sealed class OverheadMeasurement : IMeasurement
{
    private const int Warmups = 1;
    private const int TimedRounds = 5;

    public IReadOnlyList<Metric> Metrics => [Metric.OverheadFull];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        await using var local = await LocalCompany.StartAsync(scale.Records, cancellationToken);
        var (copy, own) = await Rounds.AlternateAsync(
            Warmups,
            TimedRounds,
            () => TimeCopyAsync(local, cancellationToken),
            () => FirstRun.TimeAsync(local, handler: null, cancellationToken));
        return [new(Metric.OverheadFull, own.Median / copy.Median, $"{own.In("ms")} / {copy.In("ms")} for {scale.Records} customers; both include the time of the emulators")];
    }

    private static async Task<TimeSpan> TimeCopyAsync(LocalCompany local, CancellationToken cancellationToken)
    {
        await using var integration = await DataverseEmulator.StartAsync(cancellationToken: cancellationToken);
        using var client = new CopyClient(local, integration);
        var time = await Rounds.TimeAsync(() => new BulkCopy(client).RunAsync(cancellationToken));
        Expectation.Require(integration.Table("account").Count, local.Customers.Count, "created");
        return time;
    }
}
