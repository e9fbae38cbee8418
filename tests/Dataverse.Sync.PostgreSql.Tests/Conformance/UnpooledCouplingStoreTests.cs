using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>
/// A store that gets a new session for every call does what every store does: nothing stays in a session, as with a pooler
/// in transaction mode.
/// </summary>
[NeedsServer]
public sealed class UnpooledCouplingStoreTests : CouplingStoreConformance
{
    private readonly TestSchema schema = new();

    protected override ICouplingStore CreateStore(TimeProvider time) => schema.Open(time, schema.Options("Pooling=false"));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await schema.DisposeAsync();
    }
}
