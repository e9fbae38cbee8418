using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class SqliteOverrideStoreTests : OverrideStoreConformance, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteCouplingStore store;

    public SqliteOverrideStoreTests() => store = TestStores.Open(folder.File());

    protected override IOverrideStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Override_survives_a_restart_and_is_seen_by_another_process()
    {
        await using var other = TestStores.Open(folder.File());
        var change = new StoredOverride { Mapping = "CUSTOMER", Version = 0, Document = "{}", ChangedOn = CouplingSamples.Start };

        (await Store.TrySaveOverrideAsync("scope", change, default)).Should().BeTrue();

        (await other.ReadOverridesAsync("scope", default)).Should().Equal(change with { Version = 1 });
        (await other.TrySaveOverrideAsync("scope", change, default)).Should().BeFalse();
    }
}
