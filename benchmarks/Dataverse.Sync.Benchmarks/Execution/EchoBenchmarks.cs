using BenchmarkDotNet.Attributes;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Execution;

/// <summary>What does it cost to recognize a page of records that the couplings know already, beside copying the page into dictionaries?</summary>
[MemoryDiagnoser]
public class EchoBenchmarks
{
    private EchoFixture byVersion = null!;
    private EchoFixture byContent = null!;

    [Params(1_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        byVersion = await EchoFixture.CreateAsync(Records, knowsVersions: true);
        byContent = await EchoFixture.CreateAsync(Records, knowsVersions: false);
    }

    [Benchmark(Baseline = true)]
    public int CopyIntoDictionaries() => byVersion.Page.Sum(record => Customers.DeepCopy(record).Count);

    [Benchmark]
    public Task<int> ByVersion() => byVersion.TakeAsync();

    [Benchmark]
    public Task<int> ByContent() => byContent.TakeAsync();
}
