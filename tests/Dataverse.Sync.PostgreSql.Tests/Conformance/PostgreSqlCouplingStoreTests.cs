using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.PostgreSql.Tests;

[NeedsServer]
public sealed class PostgreSqlCouplingStoreTests : CouplingStoreConformance
{
    private readonly TestSchema schema = new();

    protected override ICouplingStore CreateStore(TimeProvider time) => schema.Open(time);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await schema.DisposeAsync();
    }
}
