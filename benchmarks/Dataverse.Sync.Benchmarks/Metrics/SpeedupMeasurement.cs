using Dataverse.Sync.Benchmarks.HandWritten;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The time of the usual row-by-row loop beside that of a first full run, with a latency added to every request of both.</summary>
/// <remarks>The loop takes a while, so it is timed over few customers and its time multiplied; its requests do not depend on each other.</remarks>
internal sealed class SpeedupMeasurement : IMeasurement
{
    private const int LoopCustomers = 100;
    private const int Warmups = 1;
    private const int TimedRounds = 3;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    public IReadOnlyList<Metric> Metrics => [Metric.SpeedupVsLoop];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        await using var few = await LocalCompany.StartAsync(LoopCustomers, cancellationToken);
        await using var many = await LocalCompany.StartAsync(scale.Records, cancellationToken);
        using var handler = new DelayingHandler(Latency);
        var (loop, own) = await Rounds.AlternateAsync(
            Warmups,
            TimedRounds,
            () => TimeLoopAsync(few, handler, cancellationToken),
            () => FirstRun.TimeAsync(many, handler, cancellationToken));
        var whole = loop.Per((double)LoopCustomers / scale.Records);
        return
        [
            new(
                Metric.SpeedupVsLoop,
                whole.Median / own.Median,
                $"{whole.In("ms")} / {own.In("ms")} for {scale.Records} customers with {Latency.TotalMilliseconds} ms a request; the loop was timed over {LoopCustomers} and multiplied"),
        ];
    }

    private static async Task<TimeSpan> TimeLoopAsync(LocalCompany local, HttpMessageHandler handler, CancellationToken cancellationToken)
    {
        await using var integration = await DataverseEmulator.StartAsync(cancellationToken: cancellationToken);
        using var client = new CopyClient(local, integration, handler);
        var time = await Rounds.TimeAsync(() => new RowLoop(client).RunAsync(cancellationToken));
        Expectation.Require(integration.Table("account").Count, local.Customers.Count, "created");
        return time;
    }
}
