using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>Requests beside the fewest, as a result.</summary>
internal static class RequestRatio
{
    public static MetricResult Of(Metric metric, Traffic traffic, int fewest, string of) =>
        new(metric, (double)traffic.Counted / fewest, $"{traffic.Counted} requests / {fewest} at least, for {of}; {traffic.Others} for reference tables and schemas not counted");
}
