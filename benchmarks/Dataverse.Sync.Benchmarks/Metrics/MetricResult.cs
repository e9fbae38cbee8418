namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>What was measured of a metric.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Value">Its value.</param>
/// <param name="Source">The raw numbers that the value was made of, for people.</param>
internal sealed record MetricResult(Metric Metric, double Value, string Source);
