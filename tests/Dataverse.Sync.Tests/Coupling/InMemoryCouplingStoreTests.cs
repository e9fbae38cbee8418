using Dataverse.Sync.Conformance;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Tests;

public sealed class InMemoryCouplingStoreTests : CouplingStoreConformance
{
    protected override ICouplingStore CreateStore(TimeProvider time) => new InMemoryCouplingStore(time);

    [Fact]
    public async Task Find_hands_out_the_stored_instance()
    {
        var pair = Pair(1);
        await CommitAsync(new() { Lease = await LeaseAsync(), Couplings = [pair] });

        (await FindAsync(SyncSide.Local, pair.LocalId)).Single().Should().BeSameAs(pair);
        (await FindAsync(SyncSide.Integration, pair.IntegrationId)).Single().Should().BeSameAs(pair);
    }
}
