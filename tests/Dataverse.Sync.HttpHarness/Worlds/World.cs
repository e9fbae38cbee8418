using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.HttpHarness;

/// <summary>Both emulated services, the line to them, the coupling file, and the processes of one history.</summary>
internal sealed class World : IAsyncDisposable
{
    private const string Rates = """
        {"value":[{"currencyCode":"EUR","startingDate":"2026-01-01","exchangeRateAmount":100,"relationalExchangeRateAmount":110}]}
        """;

    private static readonly DateTimeOffset Start = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataverse-sync-harness-");
    private readonly List<EngineProcess> processes = [];
    private readonly List<string> trace = [];
    private readonly IdSource ids;
    private int started;

    private World(IdSource ids, Scenario scenario, VirtualClock clock, BusinessCentralEmulator local, DataverseEmulator integration)
    {
        (Scenario, Clock, BusinessCentral, Dataverse) = (scenario, clock, local, integration);
        this.ids = ids;
        Mappings = CreateMappings();
        Company = local.AddCompany("Harness", "USD", ids.Next());
        _ = integration.AddTable(ThingTable.IntegrationDefinition);
        _ = Local("currencies").Insert(new JsonObject { ["code"] = "EUR", ["displayName"] = "Euro" });
    }

    public Scenario Scenario { get; }

    public VirtualClock Clock { get; }

    public BusinessCentralEmulator BusinessCentral { get; }

    public DataverseEmulator Dataverse { get; }

    public BusinessCentralCompany Company { get; }

    public FaultyLine Line { get; private set; } = null!;

    public IReadOnlyList<IIntegrationTableMapping> Mappings { get; }

    public string StoreFile => Path.Combine(folder.FullName, "couplings.db");

    public string BackupFile => Path.Combine(folder.FullName, "couplings.backup");

    public IReadOnlyList<EngineProcess> Processes => processes;

    /// <summary>What happened, one line each.</summary>
    public IReadOnlyList<string> TraceLines
    {
        get
        {
            lock (trace)
            {
                return [.. trace];
            }
        }
    }

    public static async Task<World> CreateAsync(int seed, Scenario scenario, MishapSource mishaps)
    {
        var clock = new VirtualClock(Start);
        var ids = new IdSource(seed);
        var local = await BusinessCentralEmulator.StartAsync(
            new() { TimeProvider = clock, Tables = [ThingTable.LocalDefinition], Countries = null, NewId = ids.Next });
        var integration = await DataverseEmulator.StartAsync(new() { TimeProvider = clock });
        var world = new World(ids, scenario, clock, local, integration);
        world.Line = new FaultyLine(world, mishaps);
        await world.LoadRatesAsync();
        return world;
    }

    public BusinessCentralTable Local(string table) => BusinessCentral.Table(table, Company.Id);

    public Guid NextId() => ids.Next();

    public EngineProcess StartProcess()
    {
        var process = new EngineProcess(this, ++started);
        processes.Add(process);
        return process;
    }

    /// <summary>Waits until dead processes no longer write to the coupling file.</summary>
    public Task CloseDeadProcessesAsync() => Task.WhenAll(processes.Where(process => process.IsDead).Select(process => process.Closed));

    /// <summary>Ends all processes and closes their files.</summary>
    public void StopProcesses()
    {
        foreach (var process in processes)
        {
            process.Dispose();
        }

        processes.Clear();
    }

    public void Trace(string line)
    {
        lock (trace)
        {
            trace.Add($"{Clock.GetUtcNow():MM-dd HH:mm:ss.fff} {line}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        StopProcesses();
        Line.Dispose();
        await BusinessCentral.DisposeAsync();
        await Dataverse.DisposeAsync();
        folder.Delete(recursive: true);
    }

    // The page of exchange rates cannot be written.
    private async Task LoadRatesAsync()
    {
        var rates = folder.CreateSubdirectory("rates").FullName;
        await File.WriteAllTextAsync(Path.Combine(rates, "currencyExchangeRates.json"), Rates);
        await BusinessCentral.LoadAsync(rates, Company.Id);
    }

    private IReadOnlyList<IIntegrationTableMapping> CreateMappings() =>
    [
        .. StandardMappings.Create(new() { MatchesRecords = Scenario.MatchesRecords }).Select(Adapt),
        ThingTable.CreateMapping(Scenario),
    ];

    private IIntegrationTableMapping Adapt(IIntegrationTableMapping mapping) =>
        Kinds.All.Any(kind => kind.Mapping == mapping.Name)
            ? new IntegrationTableMappingBuilder(mapping)
                .OnlyCoupledRecords(Scenario.OnlyCoupledRecords)
                .OnDeletion(Scenario.DeletionPolicy)
                .OnUpdateConflict(Scenario.ConflictPolicy)
                .Build()
            : mapping;
}
