using System.Text.Json.Nodes;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>A blocked customer leaves the filter that Business Central would apply, and its pair ends and begins again.</summary>
public sealed class UncoupledByFilterOverHttpTests
{
    [Fact]
    public async Task A_blocked_customer_is_uncoupled_and_coupled_again_when_it_is_unblocked()
    {
        await using var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        bench.Engine.Mappings.Change(
            StandardMappingNames.Customer, mapping => mapping.WhenOutsideFilter(OutsideFilterPolicy.Uncouple));
        _ = await bench.Engine.SynchronizeFullAsync();
        var pair = (await bench.Engine.Couplings.ListAsync(StandardMappingNames.Customer).ToListAsync())[0];
        var writes = bench.Writes;

        _ = bench.Local("customers").Update(pair.LocalId, new JsonObject { ["blocked"] = "All" });
        var left = await bench.Engine.SynchronizeTableAsync(StandardMappingNames.Customer);
        var between = await bench.Engine.SynchronizeFullAsync(StandardMappingNames.Customer);
        var written = (bench.Writes - writes).Total;
        _ = bench.Local("customers").Update(pair.LocalId, new JsonObject { ["blocked"] = "_x0020_" });
        var returned = await bench.Engine.SynchronizeTableAsync(StandardMappingNames.Customer);

        left.Counters.Uncoupled.Should().Be(1);
        (between.Counters.Inserted, written).Should().Be((0, 0));
        returned.Counters.Coupled.Should().Be(1);
        (await bench.Engine.Couplings.FindAsync(StandardMappingNames.Customer, SyncSide.Local, pair.LocalId))!.IntegrationId
            .Should().Be(pair.IntegrationId);
    }
}
