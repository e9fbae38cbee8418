using BenchmarkDotNet.Attributes;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Engine;

/// <summary>What does a whole run cost, beside copying every local record into a dictionary?</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private PreparedEngine prepared = null!;

    [Params(1_000, 10_000)]
    public int Pairs { get; set; }

    [GlobalSetup]
    public async Task SetUp() => prepared = await PreparedEngine.CreateAsync(Pairs);

    [GlobalCleanup]
    public void CleanUp() => prepared.Dispose();

    [Benchmark(Baseline = true)]
    public int CopyIntoDictionaries() => prepared.Local.Records.Sum(record => Customers.DeepCopy(record).Count);

    [Benchmark]
    public Task FindUnchanged() => prepared.FindUnchangedAsync();

    [Benchmark]
    public Task CarryChanges()
    {
        prepared.Local.EditAll();
        return prepared.CarryChangesAsync();
    }
}
