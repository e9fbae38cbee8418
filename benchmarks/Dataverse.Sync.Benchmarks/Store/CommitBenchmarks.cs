using BenchmarkDotNet.Attributes;
using Dataverse.Sync.Benchmarks.HandWritten;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Sqlite;

namespace Dataverse.Sync.Benchmarks.Store;

/// <summary>What does it cost to commit new couplings in pages of 1,000, beside bare inserts of the same rows into SQLite?</summary>
[MemoryDiagnoser]
public class CommitBenchmarks
{
    private const int PageSize = 1_000;

    private readonly MappingKey key = new("scope", Customers.Mapping);
    private List<Coupling[]> pages = null!;
    private List<BareRow[]> rows = null!;
    private TemporaryFolder folder = null!;
    private BareTable bare = null!;
    private SqliteCouplingStore sqlite = null!;
    private InMemoryCouplingStore memory = null!;
    private MappingLease sqliteLease = null!;
    private MappingLease memoryLease = null!;

    [Params(10_000)]
    public int Couplings { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        pages = [.. Enumerable.Range(0, Couplings).Select(CustomerCouplings.Make).Chunk(PageSize)];
        rows = pages.ConvertAll(page => page.Select(BareRow.Of).ToArray());
    }

    [IterationSetup]
    public void Open()
    {
        folder = new();
        bare = new(folder.File("bare.db"));
        sqlite = new(new SqliteCouplingStoreOptions { Path = folder.File("couplings.db"), Synchronous = SqliteSynchronous.Normal });
        memory = new();
        sqliteLease = Acquire(sqlite);
        memoryLease = Acquire(memory);
    }

    [IterationCleanup]
    public void Close()
    {
        bare.Dispose();
        sqlite.Dispose();
        folder.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void BareInserts() => rows.ForEach(bare.Insert);

    [Benchmark]
    public Task Sqlite() => CommitAsync(sqlite, sqliteLease);

    [Benchmark]
    public Task InMemory() => CommitAsync(memory, memoryLease);

    private MappingLease Acquire(ICouplingStore store) =>
        store.TryAcquireLeaseAsync(key, "benchmark", TimeSpan.FromHours(1), CancellationToken.None).AsTask().GetAwaiter().GetResult()!;

    private async Task CommitAsync(ICouplingStore store, MappingLease lease)
    {
        foreach (var page in pages)
        {
            await store.CommitAsync(new() { Lease = lease, Couplings = page }, CancellationToken.None);
        }
    }
}
