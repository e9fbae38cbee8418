using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>What the engine costs for a record that is in step, beside copying the record once. A record is one that a feed delivered, so a pair is two.</summary>
internal sealed class UnchangedEngineMeasurement : IMeasurement
{
    private const int Sides = 2;

    public IReadOnlyList<Metric> Metrics => [Metric.EngineUnchangedVsCopy, Metric.EngineBytesUnchanged];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        using var prepared = await PreparedEngine.CreateAsync(scale.Records);
        var cost = await EngineCost.MeasureAsync(prepared, scale.Records * Sides, prepared.FindUnchangedAsync);
        return
        [
            new(Metric.EngineUnchangedVsCopy, cost.Ratio, cost.Times),
            new(Metric.EngineBytesUnchanged, cost.Bytes, $"a record delivered; a pair is two records; {scale.Records} pairs"),
        ];
    }
}
