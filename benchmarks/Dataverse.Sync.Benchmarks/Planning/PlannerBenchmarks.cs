using BenchmarkDotNet.Attributes;
using Dataverse.Sync.Benchmarks.Support;
using Dataverse.Sync.Execution;

namespace Dataverse.Sync.Benchmarks.Planning;

/// <summary>What does it cost to plan one customer-like pair of 18 fields?</summary>
[MemoryDiagnoser]
public class PlannerBenchmarks
{
    private readonly CustomerPair pair = new();
    private PairPlanner planner = null!;
    private PlanPolicy policy = null!;

    [GlobalSetup]
    public void SetUp()
    {
        planner = new(pair.Mapping, NoReferences.Instance);
        policy = new();
    }

    [Benchmark(Baseline = true)]
    public int CopyIntoDictionary() => pair.CopyLocalIntoDictionary().Count;

    [Benchmark]
    public object Unchanged() => planner.Merge(pair.Unchanged, policy);

    [Benchmark]
    public object OneFieldChanged() => planner.Merge(pair.LocalEdit, policy);

    [Benchmark]
    public object Conflict() => planner.Merge(pair.EditsOnBothSides, policy);
}
