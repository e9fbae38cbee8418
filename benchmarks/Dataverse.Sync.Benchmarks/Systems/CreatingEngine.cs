using Dataverse.Sync.Sqlite;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>The engine with a new SQLite file between prepared customers and an organization that only takes accounts.</summary>
internal sealed class CreatingEngine : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteCouplingStore store;
    private readonly SyncEngine engine;

    public CreatingEngine(PreparedConnector local)
    {
        store = new(new SqliteCouplingStoreOptions { Path = folder.File("couplings.db"), Synchronous = SqliteSynchronous.Normal });
        engine = new(new()
        {
            Local = local,
            Integration = new AccountSink(),
            Store = store,
            Mappings = [new IntegrationTableMappingBuilder(Customers.CreateMapping()).Direction(SyncDirection.ToIntegrationTable).MatchOnNothing().Build()],
        });
    }

    /// <summary>Opens the file and reads the schemas.</summary>
    public Task PrepareAsync() => engine.ValidateAsync();

    /// <summary>Runs the first full run, which creates an account for every customer.</summary>
    /// <returns>The created accounts.</returns>
    public async Task<long> CreateAsync() => (await engine.SynchronizeFullAsync(Customers.Mapping)).Counters.Inserted;

    public async ValueTask DisposeAsync()
    {
        engine.Dispose();
        await store.DisposeAsync();
        folder.Dispose();
    }
}
