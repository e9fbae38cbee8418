using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>What the engine costs for a changed record, its partner's read and write and the echo that follows included, beside copying the record once.</summary>
internal sealed class ChangedEngineMeasurement : IMeasurement
{
    public IReadOnlyList<Metric> Metrics => [Metric.EngineChangedVsCopy, Metric.EngineBytesChanged];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        using var prepared = await PreparedEngine.CreateAsync(scale.Records);
        var cost = await EngineCost.MeasureAsync(prepared, scale.Records, prepared.CarryChangesAsync, prepared.Local.EditAll);
        return
        [
            new(Metric.EngineChangedVsCopy, cost.Ratio, cost.Times),
            new(Metric.EngineBytesChanged, cost.Bytes, $"a changed record; one field of each of {scale.Records} local records was changed"),
        ];
    }
}
