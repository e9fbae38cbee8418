using BenchmarkDotNet.Attributes;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Filters;

/// <summary>What does it cost to evaluate the filters of the customer mapping on a page of records, beside the same conditions written out?</summary>
[MemoryDiagnoser]
public class FilterBenchmarks
{
    private readonly IIntegrationTableMapping mapping = Customers.CreateMapping();
    private TableRecord[] accounts = null!;
    private TableRecord[] customers = null!;
    private int state;
    private int relationship;

    [Params(1_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        customers = Make(SyncSide.Local);
        accounts = Make(SyncSide.Integration);
        state = accounts[0].Layout.IndexOf("statecode");
        relationship = accounts[0].Layout.IndexOf("customertypecode");
    }

    [Benchmark(Baseline = true)]
    public int WrittenOut() => accounts.Count(record => record[state].AsInteger() == 0 && record[relationship].AsInteger() == 3);

    [Benchmark]
    public int TwoComparisons() => accounts.Count(mapping.IntegrationFilter!.Matches);

    [Benchmark]
    public int OneBlank() => customers.Count(mapping.LocalFilter!.Matches);

    private TableRecord[] Make(SyncSide side) => [.. Enumerable.Range(0, Records).Select(number => Customers.Make(side, number, NumberedId.Of(side, number), "1"))];
}
