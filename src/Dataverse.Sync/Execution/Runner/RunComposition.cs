using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Creates the objects of one run. All dependencies between them are visible here and in their constructors.
/// </summary>
internal sealed class RunComposition(
    EngineServices services, CompiledCatalog catalog, MappingKey key, RunRequest request)
{
    private readonly CompiledMapping mapping = catalog[key.Mapping];

    public async Task<MappingRun> CreateAsync(LeaseKeeper lease, JobRecorder job, CancellationToken cancellationToken)
    {
        var failures = await FailureLedger.LoadAsync(services.Store, key, cancellationToken).ConfigureAwait(false);
        var conflicts = await ConflictLedger.LoadAsync(services.Store, key, cancellationToken).ConfigureAwait(false);
        return Create(failures, conflicts, lease, job);
    }

    private MappingRun Create(FailureLedger failures, ConflictLedger conflicts, LeaseKeeper lease, JobRecorder job)
    {
        var settings = Settings();
        var tables = new MappingTables(mapping, Systems(), request.Options.PageSize);
        var couplings = new MappingCouplings(services.Store, key, catalog.ByName);
        var commits = new Commits(settings, services.Store, lease, job, failures, conflicts);
        var history = new ConflictHistory(settings, conflicts);
        var decided = new DecidedRecords();
        var held = new HeldRecords();
        var suspects = new SuspectedDeletions();
        var uncertain = new UncertainInserts(new InsertLikeness(mapping), failures, held);
        var rules = new RuleRunner(mapping, RuleContext(tables.Systems), job, services.Logger);
        var references = new ReferenceResolver(mapping, tables, couplings, rules, request.Preview);
        var planner = new PairPlanner(mapping, references);
        var pairConflicts = new PairConflicts(history, conflicts);

        PairStep PairingFrom(SyncSide side)
        {
            var search = new PartnerSearch(couplings, uncertain, rules, FinderFor(side, settings, tables, couplings));
            return new(tables, search, uncertain, suspects, held);
        }

        var steps = new RecordSteps(
            new EchoStep(settings, couplings, decided, failures, job),
            new SelectStep(settings, rules, held, failures, job),
            Sides.Of(PairingFrom),
            new PlanStep(settings, references, planner, rules, uncertain, failures),
            new JournalStep(settings, rules, uncertain, pairConflicts, commits),
            new WriteStep(tables, rules),
            new NextRound(mapping, tables, uncertain, suspects),
            new CommitStep(
                settings,
                commits,
                pairConflicts,
                new PairCounter(settings, decided, job),
                uncertain,
                decided,
                suspects));

        var reader = new NamedRecordReader(settings, tables, steps, suspects, job);
        var scan = new DeletionScan(tables, couplings, suspects, request.Preview);
        var deletions = new DeletionStage(
            settings,
            couplings,
            new MissingRecords(tables, couplings, suspects, held, scan, request.Preview),
            new DeletionPlanner(settings, tables, suspects, uncertain, scan, rules, planner),
            new DeletionExecutor(tables, steps, history, commits),
            services.Logger);
        var recovery = new JournalRecovery(
            settings, tables, couplings, failures, conflicts, history, uncertain, suspects, commits, services.Logger);
        var retries = new RetryStage(settings, couplings, failures, held, reader, scan, commits, job.JobId);
        return new(
            settings, tables, couplings, recovery, retries, reader, steps, suspects, scan,
            new KeyScanStage(settings, scan), deletions, commits, job);
    }

    private RunSettings Settings() => new()
    {
        Mapping = mapping,
        Kind = request.Kind,
        Options = request.Options,
        TimeProvider = services.TimeProvider,
        NewId = services.NewId,
        UncertainWriteWindow = services.UncertainWriteWindow,
        Choices = request.Choices,
        DeletionDecision = request.DeletionDecision,
    };

    private Sides<ITableConnector> Systems() => request.Preview is { } recorder
        ? Sides.Of<ITableConnector>(side => new PreviewConnector(services.Systems[side], side, mapping.Name, recorder))
        : services.Systems;

    private SyncRunContext RuleContext(Sides<ITableConnector> systems) => new(
        mapping.Mapping,
        services.Scope,
        systems.Local,
        systems.Integration,
        services.TimeProvider,
        isPreview: request.Preview is not null);

    // In a full run in both directions, the local pass finds every match, so the other pass need not search.
    private IPartnerFinder FinderFor(
        SyncSide source, RunSettings settings, MappingTables tables, MappingCouplings couplings)
    {
        var isMatchedAlready = source == SyncSide.Integration && settings.IsFull && mapping.Reads(SyncSide.Local);
        if (mapping.Mapping.MatchGroups.Count == 0 || isMatchedAlready)
        {
            return NoPartnerFinder.Instance;
        }

        return settings.IsFull || settings.OnlyMatches
            ? new ScanningPartnerFinder(mapping, tables, couplings)
            : new QueryingPartnerFinder(mapping, tables, couplings);
    }
}
