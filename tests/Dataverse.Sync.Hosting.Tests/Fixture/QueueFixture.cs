using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>Two systems with three mappings that depend on each other, over a clock that only a test moves.</summary>
internal sealed class QueueFixture
{
    public const string People = "SALESPEOPLE";
    public const string Customers = "CUSTOMER";
    public const string Contacts = "CONTACT";

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private static readonly (string Mapping, string Local, string Integration)[] Tables =
        [(Contacts, "contacts", "contact"), (Customers, "customers", "account"), (People, "salespeople", "systemuser")];

    private readonly bool isChained;

    /// <param name="store">The store; null for one in memory that has no clock.</param>
    /// <param name="isChained">Whether contacts depend on customers, and those on salespeople.</param>
    public QueueFixture(ICouplingStore? store = null, bool isChained = true)
    {
        this.isChained = isChained;
        Store = store ?? new InMemoryCouplingStore(Time);
        Local = new(new InMemoryOptions { Flavor = InMemoryFlavor.BusinessCentral, Identity = "cronus", TimeProvider = Time });
        Integration = new(new InMemoryOptions { Flavor = InMemoryFlavor.Dataverse, Identity = "organization", TimeProvider = Time });
        foreach (var (_, local, integration) in Tables)
        {
            _ = Local.AddTable(local, table => table.BusinessKey("number").Text("displayName").ModifiedOn("lastModifiedDateTime"));
            _ = Integration.AddTable(integration, table => table
                .Key($"{integration}id").Text("number", 20).Text("name").ModifiedOn("modifiedon"));
        }
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public ICouplingStore Store { get; }

    public InMemorySyncJobLog Log { get; } = new();

    public InMemoryConnector Local { get; }

    public InMemoryConnector Integration { get; }

    public IJobQueueStore States => (IJobQueueStore)Store;

    public string Scope { get; private set; } = string.Empty;

    /// <summary>Starts a process: an engine and a job queue over the store.</summary>
    public JobQueue NewQueue(Action<JobQueueOptions>? configure = null)
    {
        var engine = NewEngine();
        var options = new JobQueueOptions();
        configure?.Invoke(options);
        return new(engine, options, Time);
    }

    public SyncEngine NewEngine()
    {
        var engine = new SyncEngine(new SyncEngineOptions
        {
            Local = Local,
            Integration = Integration,
            Store = Store,
            JobLog = Log,
            TimeProvider = Time,
            Mappings = [.. Tables.Select(NewMapping)],
        });
        Scope = engine.Scope.Name;
        return engine;
    }

    /// <summary>Lets time pass in steps, with a look for due entries after each.</summary>
    public async Task PassAsync(TimeSpan duration, params JobQueue[] queues)
    {
        var step = TimeSpan.FromSeconds(30);
        for (var passed = TimeSpan.Zero; passed < duration; passed += step)
        {
            Time.Advance(step);
            await Task.WhenAll(queues.Select(queue => Task.Run(() => queue.RunDueAsync())));
        }
    }

    public async Task<StoredJobQueueEntry> StateAsync(string name) =>
        (await States.ReadEntriesAsync(Scope, default)).Single(entry => entry.Name == name);

    public async Task<IReadOnlyList<SyncJob>> JobsAsync(string mapping) =>
        [.. (await Log.ListAsync(Scope, mapping, 10_000, default)).Reverse()];

    public async Task<IReadOnlyList<TimeSpan>> StartsAsync(string mapping) =>
        [.. (await JobsAsync(mapping)).Select(job => job.StartedOn - Start)];

    public Guid Insert(string table, string number) =>
        Local[table].Insert(("number", number), ("displayName", $"Name {number}")).Id;

    /// <summary>Lets every read of a table fail, or succeed again.</summary>
    public void Break(string table, bool isBroken = true) => Local.Faults.BeforeCall = (call, _) =>
        isBroken && call.Table == table && call.Operation == InMemoryOperation.ReadChanges
            ? throw new InvalidOperationException("The secret value 42.")
            : ValueTask.CompletedTask;

    private IntegrationTableMapping NewMapping((string Mapping, string Local, string Integration) tables)
    {
        var builder = new IntegrationTableMappingBuilder(tables.Mapping)
            .Between(tables.Local, tables.Integration)
            .Field("number", "number", field => field.UseForMatching())
            .Field("displayName", "name")
            .OnlyCoupledRecords(false)
            .OnDeletion(DeletionPolicy.DeleteRecord);
        return tables.Mapping switch
        {
            Customers when isChained => builder.DependsOn(People).Build(),
            Contacts when isChained => builder.DependsOn(Customers).Build(),
            _ => builder.Build(),
        };
    }
}
