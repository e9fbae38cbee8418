using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>A store with encrypted values does what every store does.</summary>
[NeedsServer]
public sealed class EncryptedCouplingStoreTests : CouplingStoreConformance
{
    private readonly TestSchema schema = new();

    protected override ICouplingStore CreateStore(TimeProvider time) => schema.Open(
        time,
        schema.Options() with { EncryptionKey = CouplingDatabaseKey.FromBytes(Enumerable.Repeat((byte)7, 32).ToArray()) });

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await schema.DisposeAsync();
    }
}
