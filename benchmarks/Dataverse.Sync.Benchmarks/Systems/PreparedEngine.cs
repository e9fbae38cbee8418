namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>The engine between two tables of prepared customers, with its own in-memory store; every pair is coupled and in step.</summary>
internal sealed class PreparedEngine : IDisposable
{
    // The services' own page sizes.
    private const int LocalPageSize = 20_000;
    private const int IntegrationPageSize = 5_000;

    private readonly int count;
    private readonly PreparedConnector integration;
    private readonly SyncEngine engine;

    private PreparedEngine(int count)
    {
        this.count = count;
        Local = new(SyncSide.Local, count, LocalPageSize);
        integration = new(SyncSide.Integration, count, IntegrationPageSize);
        engine = new(new()
        {
            Local = Local,
            Integration = integration,
            Store = new InMemoryCouplingStore(),
            Mappings = [Customers.CreateMapping()],
        });
    }

    public PreparedConnector Local { get; }

    public static async Task<PreparedEngine> CreateAsync(int count)
    {
        var prepared = new PreparedEngine(count);
        var job = await prepared.engine.SynchronizeFullAsync(Customers.Mapping);
        Expectation.Require(job.Counters.Coupled, count, "coupled");
        return prepared;
    }

    /// <summary>A full run that finds every pair in step; reads every record of both sides.</summary>
    public async Task FindUnchangedAsync() =>
        Expectation.Require((await engine.SynchronizeFullAsync(Customers.Mapping)).Counters.Unchanged, count, "unchanged");

    /// <summary>A run after one field of every local record was changed: writes every partner, then recognizes the echoes of these writes.</summary>
    public async Task CarryChangesAsync() =>
        Expectation.Require((await engine.SynchronizeTableAsync(Customers.Mapping)).Counters.Modified, count, "modified");

    public void Dispose() => engine.Dispose();
}
