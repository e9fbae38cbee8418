using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.PostgreSql.Tests;

[NeedsServer]
public sealed class PostgreSqlSyncJobLogTests : SyncJobLogConformance, IAsyncLifetime
{
    private readonly TestSchema schema = new();
    private readonly PostgreSqlCouplingStore store;

    public PostgreSqlSyncJobLogTests() => store = schema.Open();

    protected override ISyncJobLog Log => store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await schema.DisposeAsync();
}
