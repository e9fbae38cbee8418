using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Processes;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>What a client allocates in a first full run of customers over HTTP, into an SQLite store. The emulated services are another process.</summary>
internal sealed class ClientMeasurement : IMeasurement
{
    private const int Runs = 3;

    public IReadOnlyList<Metric> Metrics => [Metric.ClientBytes];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        await using var local = await LocalCompany.StartAsync(scale.Records, cancellationToken);
        var runs = new List<ClientRunResult>();
        for (var run = 0; run < Runs; run++)
        {
            await using var integration = await DataverseEmulator.StartAsync(cancellationToken: cancellationToken);
            runs.Add(await ClientRun.InOwnProcessAsync(ServiceEndpoints.Of(local, integration), scale.Records, cancellationToken));
        }

        var all = Spread.Of(runs.Select(run => run.Bytes)).Per(scale.Records);
        var collections = Spread.Of(runs.Select(run => run.CollectionMilliseconds));
        return [new(Metric.ClientBytes, all.Median, $"{all.In("bytes")} for each of {scale.Records} customers; {collections.In("ms")} of garbage collection in a run")];
    }
}
