using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class SqliteSyncJobLogTests : SyncJobLogConformance, IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteCouplingStore store;

    public SqliteSyncJobLogTests() => store = new(folder.File());

    protected override ISyncJobLog Log => store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }
}
