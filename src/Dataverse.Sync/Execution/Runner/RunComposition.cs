namespace Dataverse.Sync.Execution;

/// <summary>Loads what earlier runs of a mapping left, and creates the objects of one run.</summary>
internal sealed class RunComposition(
    EngineServices services, CompiledCatalog catalog, MappingKey key, RunRequest request)
{
    private readonly DecidedRecords decided = new();
    private PairCounter? counter;
    private IReadOnlySet<RecordKey> contradicted = new HashSet<RecordKey>();

    /// <summary>The mappings with the schemas that the run uses.</summary>
    public CompiledCatalog Catalog => catalog;

    public CompiledMapping Mapping => catalog[key.Mapping];

    /// <summary>The records of the run that contradict the schemas.</summary>
    public SchemaContradictions Contradictions { get; private set; } = new();

    /// <summary>The same run with other schemas, for the records that contradict those of this one.</summary>
    public RunComposition With(CompiledCatalog current) =>
        new(services, current, key, request) { contradicted = Contradictions.All.ToHashSet() };

    /// <summary>
    /// Creates the objects of the run. Called again, it creates those of its continuation, which counts on where the run
    /// ended.
    /// </summary>
    public async Task<MappingRun> CreateAsync(LeaseKeeper lease, JobRecorder job, CancellationToken cancellationToken)
    {
        var failures = await FailureLedger.LoadAsync(services.Store, key, cancellationToken).ConfigureAwait(false);
        var conflicts = await ConflictLedger.LoadAsync(services.Store, key, cancellationToken).ConfigureAwait(false);
        var settings = CreateSettings(catalog[key.Mapping], isContinued: counter is not null) with
        {
            InsertsElsewhere = await services.Store.Others.ListInsertsAsync(key, cancellationToken).ConfigureAwait(false),
        };
        var couplings = new MappingCouplings(services.Store, key, catalog);
        counter ??= new PairCounter(decided, job, countsKnown: settings.IsFull);
        var commits = new Commits(settings, services.Store, lease, job, failures, conflicts, counter);
        var parts = new RunParts(
            services, settings, couplings, commits, failures, conflicts, decided, counter, job, request.Preview);
        Contradictions = parts.Contradictions;
        return parts.CreateRun();
    }

    /// <summary>Whether records wait for records of mappings in the circle of this one.</summary>
    public async Task<bool> AnyWaitsAsync(CancellationToken cancellationToken)
    {
        var settings = CreateSettings(Mapping, isContinued: true);
        var failures = await FailureLedger.LoadAsync(services.Store, key, cancellationToken).ConfigureAwait(false);
        return failures.All.Any(settings.WaitsInCircle);
    }

    private RunSettings CreateSettings(CompiledMapping mapping, bool isContinued) => new()
    {
        Mapping = mapping,
        Circle = catalog.CircleOf(mapping.Name),
        IsContinued = isContinued,
        Kind = request.Kind,
        Options = request.Options,
        TimeProvider = services.TimeProvider,
        NewId = services.NewId,
        NewRecordIds = services.NewRecordIds,
        UncertainWriteWindow = services.UncertainWriteWindow,
        Choices = request.Choices,
        DeletionDecision = request.DeletionDecision,
        CreatesDoubtful = request.CreatesDoubtful,
        Contradicted = contradicted,
    };
}
