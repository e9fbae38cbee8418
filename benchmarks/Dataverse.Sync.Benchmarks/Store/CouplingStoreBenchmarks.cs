using BenchmarkDotNet.Attributes;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Sqlite;

namespace Dataverse.Sync.Benchmarks.Store;

/// <summary>What does it cost to find the couplings of a page, beside a bare dictionary?</summary>
[MemoryDiagnoser]
public class CouplingStoreBenchmarks
{
    private const int PageSize = 1_000;

    private readonly MappingKey key = new("scope", Customers.Mapping);
    private readonly InMemoryCouplingStore memory = new();
    private readonly Dictionary<Guid, Coupling> bare = [];
    private TemporaryFolder folder = null!;
    private SqliteCouplingStore sqlite = null!;
    private Guid[] page = null!;

    [Params(1_000, 100_000)]
    public int Couplings { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        folder = new();
        sqlite = new(folder.File("couplings.db"));
        var couplings = Enumerable.Range(0, Couplings).Select(CustomerCouplings.Make).ToList();
        await FillAsync(memory, couplings);
        await FillAsync(sqlite, couplings);
        couplings.ForEach(coupling => bare[coupling.LocalId] = coupling);
        page = [.. couplings.Take(PageSize).Select(coupling => coupling.LocalId)];
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        await sqlite.DisposeAsync();
        folder.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int Dictionary() => page.Count(bare.ContainsKey);

    [Benchmark]
    public async Task<int> InMemory() => (await memory.FindAsync(key, SyncSide.Local, page, CancellationToken.None)).Count;

    [Benchmark]
    public async Task<int> Sqlite() => (await sqlite.FindAsync(key, SyncSide.Local, page, CancellationToken.None)).Count;

    private async Task FillAsync(ICouplingStore store, IReadOnlyList<Coupling> couplings)
    {
        var lease = await store.TryAcquireLeaseAsync(key, "benchmark", TimeSpan.FromHours(1), CancellationToken.None);
        await store.CommitAsync(new() { Lease = lease!, Couplings = couplings }, CancellationToken.None);
    }
}
