using Dataverse.Sync.Benchmarks.HandWritten;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The time of a first full run beside that of the fastest simple copy, between services that take as long to answer as those in the cloud.</summary>
internal sealed class SlowOverheadMeasurement : IMeasurement
{
    private const int Warmups = 1;
    private const int TimedRounds = 3;

    private static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Writing = TimeSpan.FromMilliseconds(400);

    // The copy does not ask how many requests the service recommends, so the service recommends what the copy sends.
    private static readonly DataverseEmulatorOptions Options = new() { RecommendedParallelism = CopyClient.Concurrency };

    public IReadOnlyList<Metric> Metrics => [Metric.OverheadFullSlow];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        await using var local = await LocalCompany.StartAsync(scale.Records, cancellationToken);
        using var handler = new DelayingHandler(LatencyOf);
        var (copy, own) = await Rounds.AlternateAsync(
            Warmups,
            TimedRounds,
            () => FirstCopy.TimeAsync(local, handler, cancellationToken, Options),
            () => FirstRun.TimeAsync(local, handler, cancellationToken, Options));
        return
        [
            new(
                Metric.OverheadFullSlow,
                own.Median / copy.Median,
                $"{own.In("ms")} / {copy.In("ms")} for {scale.Records} customers with {Reading.TotalMilliseconds} ms a page and {Writing.TotalMilliseconds} ms a bulk message"),
        ];
    }

    // Everything that is read takes as long as a page, a batch of queries included.
    private static TimeSpan LatencyOf(HttpRequestMessage request) =>
        request.RequestUri!.AbsolutePath.EndsWith("CreateMultiple", StringComparison.Ordinal) ? Writing : Reading;
}
