using Dataverse.Sync.Benchmarks.HandWritten;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Sqlite;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Two SQLite files, the local one full of customers and the other one empty at first, with the engine and its coupling file between them.</summary>
internal sealed class SqlitePair : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly int count;
    private readonly SqliteConnector local;
    private readonly SqliteConnector integration;
    private readonly SqliteCouplingStore store;
    private readonly SyncEngine engine;
    private int edition;

    public SqlitePair(int count)
    {
        this.count = count;
        LocalPath = CreateFile("local.db", count);
        IntegrationPath = CreateFile("integration.db", 0);
        (local, integration) = (new(LocalPath), new(IntegrationPath));
        store = new(new SqliteCouplingStoreOptions { Path = folder.File("couplings.db"), Synchronous = SqliteSynchronous.Normal });
        engine = new(new()
        {
            Local = local,
            Integration = integration,
            Store = store,
            Mappings = [SqliteCustomers.CreateMapping()],
        });
    }

    public string LocalPath { get; }

    public string IntegrationPath { get; }

    /// <summary>Runs the first full run.</summary>
    public async Task<TimeSpan> CreateAsync()
    {
        await engine.ValidateAsync();
        return await Rounds.TimeAsync(async () =>
            Expectation.Require((await engine.SynchronizeFullAsync(SqliteCustomers.Mapping)).Counters.Inserted, count, "inserted"));
    }

    /// <summary>Changes some rows, half of them on each side.</summary>
    public void Edit(int changed)
    {
        var step = count * 2 / changed;
        edition++;
        local.Edit(first: 0, step, edition);
        integration.Edit(first: 1, step, edition);
    }

    /// <summary>Runs a run of modified records.</summary>
    public Task<TimeSpan> SynchronizeAsync(int changed) => Rounds.TimeAsync(async () =>
        Expectation.Require((await engine.SynchronizeTableAsync(SqliteCustomers.Mapping)).Counters.Modified, changed, "modified"));

    public async ValueTask DisposeAsync()
    {
        engine.Dispose();
        await store.DisposeAsync();
        local.Dispose();
        integration.Dispose();
        folder.Dispose();
    }

    private string CreateFile(string name, int rows)
    {
        var path = folder.File(name);
        using var file = new SqliteFile(path);
        file.Run(SqliteCustomers.Script);
        SqliteCustomers.Fill(file, SyncSide.Local, SqliteCustomers.MakeValues(rows));
        return path;
    }
}
