using BenchmarkDotNet.Attributes;

namespace Dataverse.Sync.Benchmarks.Store;

/// <summary>What does it cost to find the couplings of a page, beside a bare dictionary?</summary>
[MemoryDiagnoser]
public class CouplingStoreBenchmarks
{
    private readonly MappingKey key = new("scope", "CUSTOMER");
    private readonly InMemoryCouplingStore store = new();
    private readonly Dictionary<Guid, Coupling> bare = [];
    private Guid[] page = null!;

    [Params(1_000, 100_000)]
    public int Couplings { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        var couplings = Enumerable.Range(0, Couplings).Select(_ => new Coupling { LocalId = Guid.NewGuid(), IntegrationId = Guid.NewGuid() }).ToList();
        var lease = await store.TryAcquireLeaseAsync(key, "benchmark", TimeSpan.FromHours(1), CancellationToken.None);
        await store.CommitAsync(new() { Lease = lease!, Couplings = couplings }, CancellationToken.None);
        couplings.ForEach(coupling => bare[coupling.LocalId] = coupling);
        page = [.. couplings.Take(1_000).Select(coupling => coupling.LocalId)];
    }

    [Benchmark(Baseline = true)]
    public int Dictionary() => page.Count(bare.ContainsKey);

    [Benchmark]
    public async Task<int> FindAPage() => (await store.FindAsync(key, SyncSide.Local, page, CancellationToken.None)).Count;
}
