using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The time of a first full run of all mappings over a long line, beside the longest chain of requests that wait for each other.</summary>
internal sealed class ParallelMeasurement : IMeasurement
{
    private const int Warmups = 1;
    private const int TimedRounds = 3;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    public IReadOnlyList<Metric> Metrics => [Metric.ParallelVsChain];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        if (Cronus.Folder is not { } folder)
        {
            await Console.Error.WriteLineAsync($"{Metric.ParallelVsChain.Name} is skipped: there is no folder shared/data/cronus beside the checkout.");
            return [];
        }

        var (chain, requests) = await CountAsync(folder, cancellationToken);
        var (sequential, own) = await Rounds.AlternateAsync(
            Warmups,
            TimedRounds,
            () => TimeAsync(folder, mappings: 1, cancellationToken),
            () => TimeAsync(folder, mappings: null, cancellationToken));
        var least = chain * Latency.TotalMilliseconds;
        return
        [
            new(
                Metric.ParallelVsChain,
                own.Median / least,
                $"{own.In("ms")} / {least} ms for a chain of {chain} of {requests} requests; one mapping after the other {sequential.In("ms")}"),
        ];
    }

    private static async Task<TimeSpan> TimeAsync(string folder, int? mappings, CancellationToken cancellationToken)
    {
        await using var cronus = await Cronus.StartAsync(folder, cancellationToken);
        using var store = new TemporaryFolder();
        using var handler = new DelayingHandler(Latency);
        await using var synchronization = new Synchronization(cronus.Endpoints, store.File("couplings.db"), handler, maxConcurrentMappings: mappings);
        return await Rounds.TimeAsync(() => synchronization.Engine.SynchronizeFullAsync(cancellationToken: cancellationToken));
    }

    // Each mapping is run by itself, so that its requests are known, after the mappings that it needs.
    private static async Task<(int Chain, int Requests)> CountAsync(string folder, CancellationToken cancellationToken)
    {
        await using var cronus = await Cronus.StartAsync(folder, cancellationToken);
        using var store = new TemporaryFolder();
        using var handler = new TimedHandler(Latency);
        await using var synchronization = new Synchronization(cronus.Endpoints, store.File("couplings.db"), handler);
        var engine = synchronization.Engine;
        _ = await engine.ValidateAsync(cancellationToken);
        var (start, longest, requests) = (handler.Take(), new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), 0);
        foreach (var mapping in engine.Mappings.All)
        {
            _ = await engine.SynchronizeFullAsync(mapping.Name, cancellationToken: cancellationToken);
            var own = handler.Take();
            var before = NeededBy(mapping).Select(name => longest[name]).Append(0).Max();
            longest.Add(mapping.Name, before + TimedRequest.LongestChain(own));
            requests += own.Count;
        }

        return (TimedRequest.LongestChain(start) + longest.Values.Max(), start.Count + requests);
    }

    private static IEnumerable<string> NeededBy(IIntegrationTableMapping mapping) => mapping.Dependencies
        .Concat(mapping.Fields.Where(field => field.IsEnabled).SelectMany(field => field.Lookup?.Via ?? []))
        .Where(name => name != mapping.Name);
}
