using Dataverse.Sync.KillTests.Worker;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.KillTests;

/// <summary>Both emulated services on loopback ports with the quick start's data, and a place for a coupling store.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataverse-sync-kill-");
    private readonly bool withPartners;
    private readonly PostgreSqlSchema? schema;

    private Bench(BusinessCentralEmulator businessCentral, DataverseEmulator dataverse, bool withPartners, PostgreSqlSchema? schema)
    {
        (BusinessCentral, Dataverse, this.withPartners, this.schema) = (businessCentral, dataverse, withPartners, schema);
        BusinessCentral.Faults.Add(Watch(SyncSide.Local));
        Dataverse.Faults.Add(Watch(SyncSide.Integration));
    }

    public BusinessCentralEmulator BusinessCentral { get; }

    public DataverseEmulator Dataverse { get; }

    public BusinessCentralCompany Company => BusinessCentral.Companies[0];

    public string Folder => folder.FullName;

    public string StoreFile => Path.Combine(Folder, "couplings.db");

    /// <summary>What a worker of this bench is told, before a test refines it.</summary>
    public WorkerSettings Settings => new()
    {
        BusinessCentral = BusinessCentral.BaseAddress,
        Company = Company.Name,
        Dataverse = Dataverse.BaseAddress,
        StoreFile = StoreFile,
        PostgreSql = schema is null ? null : PostgreSqlSchema.ConnectionString,
        Schema = schema?.Name,
        MatchesRecords = withPartners,
    };

    /// <summary>Rows that were written over HTTP, on both sides.</summary>
    public int RowWrites => BusinessCentral.Requests.RowWriteCount + Dataverse.Requests.RowWriteCount;

    public int RequestCount => BusinessCentral.Requests.RequestCount + Dataverse.Requests.RequestCount;

    /// <summary>
    /// Sees every request before it is carried out, on the thread that serves it; answers whether it is to be lost with its connection.
    /// </summary>
    public Func<SyncSide, FaultTarget, bool>? Received { get; set; }

    /// <summary>Starts both services.</summary>
    /// <param name="withPartners">Whether Dataverse has the sample's accounts and contacts, some of which match Business Central's.</param>
    /// <param name="schema">Where the coupling store is, if it is no file; it ends with the bench.</param>
    public static async Task<Bench> StartAsync(bool withPartners = true, PostgreSqlSchema? schema = null)
    {
        var bench = new Bench(await BusinessCentralEmulator.StartAsync(), await DataverseEmulator.StartAsync(), withPartners, schema);
        var data = Path.Combine(AppContext.BaseDirectory, "data");
        await bench.BusinessCentral.LoadAsync(Path.Combine(data, "business-central"));
        await bench.Dataverse.LoadAsync(withPartners ? Path.Combine(data, "dataverse") : bench.CopyWithoutPartners(Path.Combine(data, "dataverse")));
        return bench;
    }

    public BusinessCentralTable Local(string table) => BusinessCentral.Table(table, Company.Id);

    public DataverseTable Integration(string table) => Dataverse.Table(table);

    public async ValueTask DisposeAsync()
    {
        await BusinessCentral.DisposeAsync();
        await Dataverse.DisposeAsync();
        folder.Delete(recursive: true);
        if (schema is not null)
        {
            await schema.DisposeAsync();
        }
    }

    private EmulatorFault Watch(SyncSide side) =>
        EmulatorFault.ConnectionCut(afterCommit: false).On(request => Received?.Invoke(side, request) == true).Always();

    private string CopyWithoutPartners(string source)
    {
        var copy = folder.CreateSubdirectory("dataverse").FullName;
        foreach (var file in Directory.EnumerateFiles(source, "*.json").Where(file => Path.GetFileNameWithoutExtension(file) is not ("accounts" or "contacts")))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }
}
