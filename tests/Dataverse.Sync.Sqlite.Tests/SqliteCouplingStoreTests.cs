using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class SqliteCouplingStoreTests : CouplingStoreConformance
{
    private readonly TemporaryFolder folder = new();

    protected override ICouplingStore CreateStore(TimeProvider time) =>
        new SqliteCouplingStore(new SqliteCouplingStoreOptions { Path = folder.File() }, time);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
