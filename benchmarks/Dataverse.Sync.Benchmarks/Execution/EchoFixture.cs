using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.Execution;

namespace Dataverse.Sync.Benchmarks.Execution;

/// <summary>A page of local records whose couplings know them, and the first step of the run that meets them again.</summary>
internal sealed class EchoFixture
{
    private readonly EchoStep step;

    private EchoFixture(EchoStep step, IReadOnlyList<TableRecord> page) => (this.step, Page) = (step, page);

    public IReadOnlyList<TableRecord> Page { get; }

    /// <summary>Creates a page.</summary>
    /// <param name="count">The number of its records.</param>
    /// <param name="knowsVersions">Whether the couplings know the versions; otherwise the contents are compared.</param>
    public static async Task<EchoFixture> CreateAsync(int count, bool knowsVersions)
    {
        var mapping = new CompiledMapping(Customers.CreateMapping(), Sides.Of(Customers.SchemaOf), []);
        var page = Enumerable.Range(0, count).Select(Make).ToList();
        var store = new InMemoryCouplingStore();
        var key = new MappingKey("scope", Customers.Mapping);
        var lease = await store.TryAcquireLeaseAsync(key, "benchmark", TimeSpan.FromHours(1), CancellationToken.None);
        var couplings = page.ConvertAll(record => Couple(mapping, record, knowsVersions));
        await store.CommitAsync(new() { Lease = lease!, Couplings = couplings }, CancellationToken.None);
        return new(CreateStep(mapping, key, store), page);
    }

    /// <summary>The number of records that the step lets through; none, since all are known.</summary>
    public async Task<int> TakeAsync() =>
        (await step.TakeAsync(SyncSide.Local, Page, areNamed: false, CancellationToken.None)).Count;

    private static TableRecord Make(int number) =>
        Customers.Make(SyncSide.Local, number, NumberedId.Of(SyncSide.Local, number), $"W/\"{number}\"");

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

    private static EchoStep CreateStep(CompiledMapping mapping, MappingKey key, ICouplingStore store)
    {
        var job = new SyncJob
        {
            Id = Guid.NewGuid(),
            Key = key,
            Kind = SyncJobKind.Modified,
            Direction = mapping.Mapping.Direction,
            StartedOn = DateTimeOffset.UnixEpoch,
        };
        var settings = new RunSettings
        {
            Mapping = mapping,
            Kind = job.Kind,
            Options = SyncRunOptions.Default,
            TimeProvider = TimeProvider.System,
            NewId = Guid.NewGuid,
            UncertainWriteWindow = TimeSpan.FromSeconds(1),
        };
        var catalog = new CompiledCatalog([mapping.Mapping], [new CheckedMapping(mapping.Mapping, []) { Compiled = mapping }]);
        var couplings = new MappingCouplings(new(store, new(new([]))), key, catalog);
        var decided = new DecidedRecords();
        var counter = new PairCounter(decided, new(null, job, null, TimeProvider.System), countsKnown: false);
        return new(settings, couplings, decided, new(), counter);
    }
}
