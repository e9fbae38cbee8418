namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>Something to set up and run once, which gives the values of one or several metrics.</summary>
internal interface IMeasurement
{
    /// <summary>The metrics whose values it gives.</summary>
    IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Measures; cleans up after itself.</summary>
    Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken);
}
