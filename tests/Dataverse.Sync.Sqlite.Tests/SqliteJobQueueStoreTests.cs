using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class SqliteJobQueueStoreTests : JobQueueStoreConformance, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteCouplingStore store;

    public SqliteJobQueueStoreTests() => store = TestStores.Open(folder.File());

    protected override IJobQueueStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Entry_survives_a_restart_and_is_seen_by_another_process()
    {
        await using var other = TestStores.Open(folder.File());
        var entry = new StoredJobQueueEntry { Name = "CUSTOMER", Mapping = "CUSTOMER", Version = 0 };

        (await Store.TrySaveEntryAsync("scope", entry, default)).Should().BeTrue();

        (await other.ReadEntriesAsync("scope", default)).Should().Equal(entry with { Version = 1 });
        (await other.TrySaveEntryAsync("scope", entry, default)).Should().BeFalse();
    }
}
