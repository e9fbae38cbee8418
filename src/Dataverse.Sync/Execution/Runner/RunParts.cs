namespace Dataverse.Sync.Execution;

/// <summary>
/// Connects the objects of one run. All dependencies between them are visible here and in their constructors.
/// </summary>
internal sealed class RunParts
{
    private readonly EngineServices services;
    private readonly RunSettings settings;
    private readonly CompiledMapping mapping;
    private readonly MappingTables tables;
    private readonly MappingCouplings couplings;
    private readonly Commits commits;
    private readonly FailureLedger failures;
    private readonly ConflictLedger conflicts;
    private readonly DecidedRecords decided;
    private readonly PairCounter counter;
    private readonly HeldRecords held = new();
    private readonly SuspectedDeletions suspects = new();
    private readonly DeliveredKeys delivered;
    private readonly MergedPairs merged = new();
    private readonly AnnouncedDeletions announced;
    private readonly CouplingMove move;
    private readonly UncertainInserts uncertain;
    private readonly WantedRecords wanted;
    private readonly ConflictHistory history;
    private readonly BlankingGuard blanking;
    private readonly FilterGate gate;
    private readonly DoubtfulRecords doubts;
    private readonly LeavingPairs leaving;
    private readonly RuleRunner rules;
    private readonly PostponedReferences postponed = new();
    private readonly ReferenceResolver references;
    private readonly PairPlanner planner;
    private readonly JobRecorder job;
    private readonly PreviewRecorder? preview;
    private readonly MappingFindings? findings;

    public RunParts(
        EngineServices services,
        RunSettings settings,
        MappingCouplings couplings,
        Commits commits,
        FailureLedger failures,
        ConflictLedger conflicts,
        DecidedRecords decided,
        PairCounter counter,
        JobRecorder job,
        PreviewRecorder? preview)
    {
        (this.services, this.settings, this.couplings, this.commits) = (services, settings, couplings, commits);
        (this.failures, this.conflicts, this.job, this.preview) = (failures, conflicts, job, preview);
        (this.decided, this.counter) = (decided, counter);
        mapping = settings.Mapping;
        findings = preview?.FindingsOf(mapping);
        tables = new(mapping, Systems(), settings.Options.PageSize, services.TimeProvider);
        delivered = new(settings, services.SeenKeys);
        uncertain = new(new InsertLikeness(mapping), failures, held, settings.InsertsElsewhere);
        history = new(settings, conflicts);
        announced = new(settings);
        blanking = new(settings);
        gate = new(mapping);
        doubts = new(failures);
        leaving = new(mapping, held);
        wanted = new(failures);
        rules = new(mapping, RuleContext(), wanted, services.Logger);
        references = new(mapping, tables, couplings, rules, postponed, preview);
        move = new(settings, leaving, references);
        planner = new(mapping, references);
    }

    /// <summary>The records of the run that contradict the schemas.</summary>
    public SchemaContradictions Contradictions { get; } = new();

    public MappingRun CreateRun()
    {
        var steps = CreateSteps();
        var scan = new DeletionScan(tables, couplings, suspects, preview);
        var reader = new NamedRecordReader(settings, tables, steps, suspects, job);
        var gone = new GoneFailures(couplings, failures, held, scan, gate, commits);
        var awaited = new AwaitedCouplings(couplings);
        return new(
            settings,
            tables,
            couplings,
            new RecoveryStage(settings, CreateRecovery(scan), reader),
            new WantedStage(settings, couplings, rules, wanted, reader),
            new RetryStage(settings, awaited, failures, reader, gone),
            reader,
            new UnknownRecords(couplings, failures, scan, commits),
            steps,
            suspects,
            scan,
            new KeyScanStage(settings, couplings, scan, CreateUnseenChanges(steps), doubts, delivered),
            doubts,
            new DoubtStage(settings, couplings, failures, doubts, reader, gone),
            new MergeStage(settings, tables, couplings, merged, held, move, failures, reader, commits),
            CreateReferences(awaited, reader, gone),
            new BlankingStage(settings, couplings, blanking, held, reader, commits, services.Logger),
            announced,
            CreateDeletions(steps, scan, reader),
            commits,
            delivered,
            findings,
            job);
    }

    private ReferenceStage CreateReferences(AwaitedCouplings awaited, NamedRecordReader reader, GoneFailures gone) => new(
        settings,
        failures,
        awaited,
        new CircleSearch(settings, couplings),
        postponed,
        reader,
        gone,
        decided,
        counter,
        job);

    private UnseenChanges CreateUnseenChanges(RecordSteps steps) =>
        new(tables, couplings, failures, held, blanking, delivered, steps, commits, job);

    private RecordSteps CreateSteps()
    {
        var pairConflicts = new PairConflicts(history, conflicts);
        return new(
            new EchoStep(settings, couplings, decided, failures, counter),
            new MergeStep(settings, move, merged, held, failures, commits),
            new SelectStep(settings, gate, rules, held, leaving, failures, counter, job),
            Sides.Of(PairingFrom),
            new PlanStep(settings, references, planner, rules, uncertain, failures, new(job)),
            new ClaimStep(settings, tables, commits),
            new JournalStep(settings, rules, new NewIds(settings, couplings), uncertain, pairConflicts, commits),
            new WriteStep(tables, rules, new RejectedReferences(mapping, tables, couplings, decided), doubts, commits, job),
            new NextRound(settings, tables, suspects),
            new CommitStep(
                settings,
                commits,
                pairConflicts,
                counter,
                uncertain,
                decided,
                suspects,
                held,
                Contradictions,
                findings),
            blanking,
            new CreatedRecords(settings));
    }

    private PairStep PairingFrom(SyncSide side)
    {
        var search = new PartnerSearch(
            couplings, uncertain, rules, FinderFor(side), failures, DoubtPolicy.Of(settings));
        return new(tables, search, uncertain, suspects, held, leaving, merged, gate, mapping);
    }

    // A person who lets partners be created has seen the matches. The second pass of a full run has few records to search
    // for: the first pass has coupled or created all others.
    private IPartnerFinder FinderFor(SyncSide source)
    {
        if (mapping.MatchGroups.Count == 0 || settings.CreatesDoubtful)
        {
            return NoPartnerFinder.Instance;
        }

        var isFirstPass = source == SyncSide.Local || !mapping.Reads(SyncSide.Local);
        return (settings.IsFull || settings.OnlyMatches) && isFirstPass && !settings.IsContinued
            ? new ScanningPartnerFinder(mapping, tables, couplings, findings)
            : new QueryingPartnerFinder(mapping, tables, couplings);
    }

    private JournalRecovery CreateRecovery(DeletionScan scan)
    {
        var observers = new AfterWriteRecovery(settings, tables, couplings, failures, rules, scan.ProveAsync);
        return new(
            settings,
            tables,
            couplings,
            failures,
            conflicts,
            history,
            uncertain,
            suspects,
            observers,
            scan.ProveAsync,
            commits,
            services.Logger);
    }

    private DeletionStage CreateDeletions(RecordSteps steps, DeletionScan scan, NamedRecordReader reader) => new(
        settings,
        couplings,
        new MissingRecords(tables, couplings, suspects, held, scan, preview),
        leaving,
        new DeletionPlanner(
            settings,
            tables,
            couplings,
            suspects,
            uncertain,
            scan,
            gate,
            new(failures, tables, gate),
            announced,
            rules),
        new CascadeSearch(settings, new(settings, tables.Systems, couplings, services.Cascades)),
        new DeletionProof(tables, suspects, new(settings, tables, couplings, Contradictions, job)),
        new DeletionExecutor(
            tables,
            new RestoreExecutor(mapping.Name, steps, couplings, references, postponed),
            new SuccessionExecutor(
                (side, ids, token) => reader.ProcessAsync(side, ids, mayBeGone: false, token),
                references,
                new(mapping, tables),
                commits),
            rules,
            history,
            new(mapping, tables),
            new CascadeAnnouncements(settings, couplings, announced, preview),
            commits),
        new LeavingExecutor(settings, new RowClaims(mapping, tables), commits),
        job,
        services.Logger);

    private Sides<ITableConnector> Systems() => preview is { } recorder
        ? Sides.Of<ITableConnector>(side => new PreviewConnector(services.Systems[side], side, mapping, recorder))
        : services.Systems;

    private SyncRunContext RuleContext() => new(
        mapping.Mapping,
        services.Scope.Current,
        tables.Systems.Local,
        tables.Systems.Integration,
        services.TimeProvider,
        isPreview: preview is not null)
    {
        Report = job.AddError,
        Note = job.AddNote,
    };
}
