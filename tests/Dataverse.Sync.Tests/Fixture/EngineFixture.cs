using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Tests.Fixture;

/// <summary>An engine over two systems in memory: customers and salespeople here, accounts and users there.</summary>
internal sealed class EngineFixture : IDisposable
{
    public const string Mapping = "CUSTOMER";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public EngineFixture(FixtureOptions? options = null)
    {
        Options = options ?? new();
        Time = new(Start);
        Local = CrmTables.NewLocal(Time, Options.LocalTable);
        Integration = CrmTables.NewIntegration(Time, Options.IntegrationTable, changeAccount: Options.ChangeAccount);
        Memory = new(Time);
        Store = new(Memory);
        Engine = NewEngine();
    }

    public EngineFixture(Action<IntegrationTableMappingBuilder> mapping)
        : this(new FixtureOptions { Customer = mapping })
    {
    }

    public FixtureOptions Options { get; }

    public FakeTimeProvider Time { get; }

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public InMemoryCouplingStore Memory { get; }

    public HookedCouplingStore Store { get; }

    public InMemorySyncJobLog JobLog { get; } = new();

    public SyncEngine Engine { get; private set; }

    public InMemoryTable Customers => Local["customers"];

    public InMemoryTable Accounts => Integration["account"];

    public InMemoryTable Salespeople => Local["salespeople"];

    public InMemoryTable Users => Integration["systemuser"];

    public long Writes => Local.RowsWritten + Integration.RowsWritten;

    /// <summary>Another engine on the same systems and the same store, as after a restart.</summary>
    public SyncEngine NewEngine() => new(Options.Engine(new()
    {
        Local = Local,
        Integration = Integration,
        Store = Store,
        JobLog = JobLog,
        TimeProvider = Time,
        Rules = Options.Rules,
        Mappings = [CrmTables.Salesperson(), CrmTables.Customer(Options.Customer)],
    }));

    /// <summary>Another engine with the same mappings and store, over another connector to the integration system.</summary>
    public SyncEngine EngineOver(ITableConnector integration) => new(new()
    {
        Local = Local,
        Integration = integration,
        Store = Store,
        TimeProvider = Time,
        Mappings = Engine.Mappings.All,
    });

    /// <summary>The process dies and another begins: hooks are gone, a lease left behind expires.</summary>
    public void Restart()
    {
        Engine.Dispose();
        Local.Faults.Clear();
        Integration.Faults.Clear();
        Store.Clear();
        Later();
        Engine = NewEngine();
    }

    /// <summary>Lets enough time pass that no overlap of a feed and no lease reaches back.</summary>
    public void Later() => Time.Advance(TimeSpan.FromMinutes(15));

    public void ResetCounters()
    {
        Local.ResetCounters();
        Integration.ResetCounters();
    }

    /// <summary>Synchronizes everything until nothing is left to do, and resets the counts: the state in which most tests begin.</summary>
    public async Task ConvergeAsync()
    {
        _ = await Engine.SynchronizeFullAsync();
        Later();
        _ = await Engine.SynchronizeModifiedAsync();
        Later();
        ResetCounters();
    }

    public Task<SyncJob> FullAsync(SyncRunOptions? options = null) => Engine.SynchronizeFullAsync(Mapping, options);

    public Task<SyncJob> ModifiedAsync(SyncRunOptions? options = null) =>
        Engine.SynchronizeTableAsync(Mapping, options);

    /// <summary>One coupled and synchronized pair.</summary>
    public async Task<(Guid Customer, Guid Account)> NewPairAsync(params (string Field, object? Value)[] customer)
    {
        var id = Customers.Insert(
            customer.Length == 0 ? [("displayName", "Adatum"), ("creditLimit", 100m), ("postalCode", "1000")] : customer)
            .Id;
        await ConvergeAsync();
        return (id, (await CouplingOfAsync(id))!.IntegrationId);
    }

    public Task<Coupling?> CouplingOfAsync(Guid customer) =>
        Engine.Couplings.FindAsync(Mapping, SyncSide.Local, customer);

    public async Task<List<RecordFailure>> FailuresAsync() =>
        await ToListAsync(Engine.Issues.ListFailuresAsync(Mapping));

    public async Task<List<RecordConflict>> ConflictsAsync(bool includeResolved = false) =>
        await ToListAsync(Engine.Issues.ListConflictsAsync(Mapping, includeResolved));

    public async Task<List<Coupling>> CouplingsAsync() => await ToListAsync(Engine.Couplings.ListAsync(Mapping));

    public async Task<IReadOnlyList<Intent>> IntentsAsync() =>
        await Memory.ListIntentsAsync(new(Engine.Scope.Name, Mapping), default);

    public async Task<IReadOnlyList<SyncJobError>> ErrorsAsync(SyncJob job) =>
        await JobLog.ListErrorsAsync(job.Id, default);

    /// <summary>A new record of one side.</summary>
    public Guid Insert(SyncSide side, string name) =>
        side == SyncSide.Local ? Customers.Insert(("displayName", name)).Id : Accounts.Insert(("name", name)).Id;

    public string Name(Guid account) => Accounts.Find(account)!["name"].AsText();

    public string DisplayName(Guid customer) => Customers.Find(customer)!["displayName"].AsText();

    public void Dispose() => Engine.Dispose();

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
