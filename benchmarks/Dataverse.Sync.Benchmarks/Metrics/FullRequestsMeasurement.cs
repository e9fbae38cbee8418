using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The requests of a first full run of customers into an empty Dataverse, beside the fewest.</summary>
internal sealed class FullRequestsMeasurement : IMeasurement
{
    public IReadOnlyList<Metric> Metrics => [Metric.RequestsFull];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        await using var local = await LocalCompany.StartAsync(scale.Records, cancellationToken);
        await using var integration = await DataverseEmulator.StartAsync(cancellationToken: cancellationToken);
        await using var synchronization = new Synchronization(ServiceEndpoints.Of(local, integration));
        await synchronization.SynchronizeReferencesAsync(cancellationToken);
        Traffic.Reset(local, integration);
        await synchronization.CreateAccountsAsync(scale.Records, cancellationToken);
        return [RequestRatio.Of(Metric.RequestsFull, Traffic.Of(local, integration), FewestRequests.AtDefaults.OfFullRun(scale.Records), $"{scale.Records} customers")];
    }
}
