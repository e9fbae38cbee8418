using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Benchmarks.Wires;

/// <summary>What does it cost to make records of a page of JSON on either wire, beside walking over the tokens of the page?</summary>
/// <remarks>Measured through the connectors, with answers from memory; what they do for a request counts and weighs little on a page of this size.</remarks>
[MemoryDiagnoser]
public class PageBenchmarks
{
    private readonly ReplayingHandler customers = new();
    private readonly ReplayingHandler accounts = new();
    private ConnectorPair connectors = null!;
    private byte[] page = null!;

    [Params(1_000, 5_000)]
    public int Records { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        await using var local = await LocalCompany.StartAsync(Records, CancellationToken.None);
        await using var integration = await DataverseEmulator.StartAsync();
        await using (var synchronization = new Synchronization(ServiceEndpoints.Of(local, integration)))
        {
            await synchronization.SynchronizeReferencesAsync(CancellationToken.None);
            await synchronization.CreateAccountsAsync(Records, CancellationToken.None);
        }

        connectors = new(ServiceEndpoints.Of(local, integration), customers, accounts);
        Expectation.Require(await BusinessCentral(), Records, "customers");
        Expectation.Require(await Dataverse(), Records, "accounts");
        page = customers.GreatestBody;
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        connectors.Dispose();
        customers.Dispose();
        accounts.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int WalkOverTokens()
    {
        var reader = new Utf8JsonReader(page);
        var tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    [Benchmark]
    public Task<int> BusinessCentral() => connectors.ReadAsync(SyncSide.Local);

    [Benchmark]
    public Task<int> Dataverse() => connectors.ReadAsync(SyncSide.Integration);
}
