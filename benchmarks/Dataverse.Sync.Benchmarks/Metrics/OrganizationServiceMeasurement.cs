using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.OrganizationService.Emulator;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The calls of the organization service in a first full run and in a run of few changes, beside the requests of the Web API in the same runs.</summary>
internal sealed class OrganizationServiceMeasurement : IMeasurement
{
    public IReadOnlyList<Metric> Metrics => [Metric.OrganizationServiceFull, Metric.OrganizationServiceModified];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        var requests = await CountAsync(scale, isOrganizationService: false, cancellationToken);
        var calls = await CountAsync(scale, isOrganizationService: true, cancellationToken);
        return
        [
            Compare(Metric.OrganizationServiceFull, calls.Full, requests.Full, $"{scale.Records} customers"),
            Compare(Metric.OrganizationServiceModified, calls.Modified, requests.Modified, $"{scale.Changed / 2} changes on each side of {scale.Records}"),
        ];
    }

    private static MetricResult Compare(Metric metric, int calls, int requests, string of) =>
        new(metric, (double)calls / requests, $"{calls} calls / {requests} requests of the Web API, for {of}");

    private static async Task<(int Full, int Modified)> CountAsync(MeasurementScale scale, bool isOrganizationService, CancellationToken cancellationToken)
    {
        await using var local = await LocalCompany.StartAsync(scale.Records, cancellationToken);
        await using var integration = await DataverseEmulator.StartAsync(cancellationToken: cancellationToken);
        var service = isOrganizationService ? new EmulatedOrganizationService(integration) : null;
        await using var synchronization = new Synchronization(ServiceEndpoints.Of(local, integration), service: service);
        await synchronization.SynchronizeReferencesAsync(cancellationToken);

        integration.Requests.Reset();
        await synchronization.CreateAccountsAsync(scale.Records, cancellationToken);
        var full = integration.Requests.Entries.Count;

        CustomerEdits.Make(local, integration, scale.Changed / 2);
        integration.Requests.Reset();
        var job = await synchronization.Engine.SynchronizeTableAsync(StandardMappingNames.Customer, cancellationToken: cancellationToken);
        Expectation.Require(job.Counters.Modified, 2 * (scale.Changed / 2), "modified");
        return (full, integration.Requests.Entries.Count);
    }
}
