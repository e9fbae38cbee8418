using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Execution;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.Benchmarks.Execution;

/// <summary>A page of local records whose couplings know them, and the first step of the run that meets them again.</summary>
internal sealed class EchoFixture : IAsyncDisposable
{
    private readonly LeaseKeeper lease;
    private readonly EchoStep step;

    private EchoFixture(LeaseKeeper lease, EchoStep step, IReadOnlyList<TableRecord> page) => (this.lease, this.step, Page) = (lease, step, page);

    public IReadOnlyList<TableRecord> Page { get; }

    /// <summary>Makes a page.</summary>
    /// <param name="count">Its records.</param>
    /// <param name="knowsVersions">Whether the couplings know the versions; otherwise the content tells.</param>
    public static async Task<EchoFixture> CreateAsync(int count, bool knowsVersions)
    {
        var mapping = new CompiledMapping(Customers.CreateMapping(), Customers.SchemaOf(SyncSide.Local), Customers.SchemaOf(SyncSide.Integration), []);
        var page = Enumerable.Range(0, count).Select(number => Customers.Make(SyncSide.Local, number, NumberedId.Of(SyncSide.Local, number), $"W/\"{number}\"")).ToList();
        var store = new InMemoryCouplingStore();
        var key = new MappingKey("scope", Customers.Mapping);
        var lease = await LeaseKeeper.AcquireAsync(store, key, "benchmark", TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);
        await store.CommitAsync(new() { Lease = lease.Current, Couplings = [.. page.Select(record => Couple(mapping, record, knowsVersions))] }, CancellationToken.None);
        return new(lease, new(CreateRun(mapping, key, store, lease)), page);
    }

    /// <summary>The number of records that the step lets through; none, since all are known.</summary>
    public async Task<int> TakeAsync() => (await step.TakeAsync(SyncSide.Local, Page, areNamed: false, CancellationToken.None)).Count;

    public ValueTask DisposeAsync() => lease.DisposeAsync();

    private static Coupling Couple(CompiledMapping mapping, TableRecord record, bool knowsVersion)
    {
        ulong[] fingerprints = [.. mapping.Fields.Select(field => Fingerprint.Of(mapping.View(SyncSide.Local, record)[field]))];
        return new()
        {
            LocalId = record.Id,
            IntegrationId = NumberedId.Of(SyncSide.Integration, NumberedId.NumberOf(record.Id)),
            Base = new(mapping.Shape, fingerprints, fingerprints),
            LocalVersion = knowsVersion ? Fingerprint.OfVersion(record.Version) : 0,
        };
    }

    private static MappingRunContext CreateRun(CompiledMapping mapping, MappingKey key, ICouplingStore store, LeaseKeeper lease)
    {
        var (local, integration) = (new PreparedConnector(SyncSide.Local, 0, 1), new PreparedConnector(SyncSide.Integration, 0, 1));
        var job = new SyncJob { Id = Guid.NewGuid(), Key = key, Kind = SyncJobKind.Modified, Direction = mapping.Mapping.Direction, StartedOn = DateTimeOffset.UnixEpoch };
        return new()
        {
            Mapping = mapping,
            Mappings = new Dictionary<string, CompiledMapping> { [mapping.Name] = mapping },
            Key = key,
            Store = store,
            Local = local,
            Integration = integration,
            TimeProvider = TimeProvider.System,
            RuleContext = new(mapping.Mapping, new("scope"), local, integration, TimeProvider.System, isPreview: false),
            Kind = job.Kind,
            Options = SyncRunOptions.Default,
            Lease = lease,
            Job = new(null, job, null, TimeProvider.System),
            Memory = new(),
            NewId = Guid.NewGuid,
            Logger = NullLogger.Instance,
        };
    }
}
