using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The requests of a run in which few of many couplings changed, half of them on each side; then those of a run with nothing to do.</summary>
internal sealed class ModifiedRequestsMeasurement : IMeasurement
{
    public IReadOnlyList<Metric> Metrics => [Metric.RequestsModified, Metric.RequestsIdle];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        await using var local = await LocalCompany.StartAsync(scale.Coupled, cancellationToken);
        await using var integration = await DataverseEmulator.StartAsync(cancellationToken: cancellationToken);
        await using var synchronization = new Synchronization(ServiceEndpoints.Of(local, integration));
        await synchronization.SynchronizeReferencesAsync(cancellationToken);
        await synchronization.CreateAccountsAsync(scale.Coupled, cancellationToken);
        return [await MeasureModifiedAsync(scale, local, integration, synchronization.Engine, cancellationToken), await MeasureIdleAsync(local, integration, synchronization.Engine, cancellationToken)];
    }

    private static async Task<MetricResult> MeasureModifiedAsync(
        MeasurementScale scale, LocalCompany local, DataverseEmulator integration, SyncEngine engine, CancellationToken cancellationToken)
    {
        var half = scale.Changed / 2;
        CustomerEdits.Make(local, integration, half);
        Traffic.Reset(local, integration);
        var job = await engine.SynchronizeTableAsync(StandardMappingNames.Customer, cancellationToken: cancellationToken);
        Expectation.Require(job.Counters.Modified, 2 * half, "modified");
        return RequestRatio.Of(Metric.RequestsModified, Traffic.Of(local, integration), FewestRequests.AtDefaults.OfModifiedRun(half, half), $"{half} changes on each side of {scale.Coupled}");
    }

    // The run before leaves its own writes behind as changes; the first run here takes notice of them, the second has nothing to do.
    private static async Task<MetricResult> MeasureIdleAsync(LocalCompany local, DataverseEmulator integration, SyncEngine engine, CancellationToken cancellationToken)
    {
        _ = await engine.SynchronizeFullAsync(StandardMappingNames.Vendor, cancellationToken: cancellationToken);
        _ = await engine.SynchronizeFullAsync(StandardMappingNames.Contact, cancellationToken: cancellationToken);
        _ = await engine.SynchronizeModifiedAsync(cancellationToken: cancellationToken);
        var requests = new List<(string Mapping, int Requests)>();
        foreach (var mapping in engine.Mappings.All)
        {
            Traffic.Reset(local, integration);
            _ = await engine.SynchronizeTableAsync(mapping.Name, cancellationToken: cancellationToken);
            var traffic = Traffic.Of(local, integration);
            requests.Add((mapping.Name, traffic.Counted + traffic.Others));
        }

        var each = string.Join(", ", requests.Select(item => $"{item.Mapping} {item.Requests}"));
        return new(Metric.RequestsIdle, requests.Max(item => item.Requests), $"the most of any mapping; {each}");
    }
}
