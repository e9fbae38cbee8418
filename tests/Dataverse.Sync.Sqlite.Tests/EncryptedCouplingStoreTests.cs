using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>A store with an encrypted file does what every store does.</summary>
public sealed class EncryptedCouplingStoreTests : CouplingStoreConformance
{
    private readonly TemporaryFolder folder = new();

    protected override ICouplingStore CreateStore(TimeProvider time) => new SqliteCouplingStore(
        new SqliteCouplingStoreOptions
        {
            Path = folder.File(),
            Synchronous = SqliteSynchronous.Normal,
            EncryptionKey = CouplingFileKey.FromBytes(Enumerable.Repeat((byte)7, 32).ToArray()),
        },
        time);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
