using Dataverse.Sync.Execution;

namespace Dataverse.Sync;

/// <summary>Synchronizes the tables of two systems as described by integration table mappings.</summary>
/// <remarks>
/// <para>Create one engine for each pair of systems (a Business Central company and a Dataverse organization, together
/// the <see cref="Scope"/>) and keep it for the lifetime of the application. All members are safe for concurrent
/// use.</para>
/// <para>A mapping has one run at a time. A lease in the coupling store ensures this across all engines that share the
/// store. A second run does not wait: it throws <see cref="MappingBusyException"/>.</para>
/// <para>A record that fails does not end a run. It is stored with its error, listed by
/// <see cref="SyncIssues.ListFailuresAsync"/>, and tried again as the mapping's <see cref="RetryPolicy"/> says. An
/// error that ends a run is thrown: <see cref="SyncConfigurationException"/> before anything is changed,
/// <see cref="ConnectorException"/> when a system cannot be read or written, <see cref="CouplingStoreException"/> when
/// the store or the job log fails, <see cref="LeaseLostException"/> when another engine has taken the mapping over, and
/// <see cref="OperationCanceledException"/>. In a run of all mappings, such an error ends the run of one mapping only,
/// and a <see cref="SyncRunException"/> reports it at the end. The next run completes the work of a run that ended
/// early.</para>
/// </remarks>
public sealed partial class SyncEngine : IDisposable
{
    private readonly EngineServices services;
    private readonly MappingCompiler compiler;
    private readonly MappingRunner runner;
    private readonly OverrideWriter overrides;

    /// <summary>Initializes a new instance of the <see cref="SyncEngine"/> class.</summary>
    /// <remarks>Sends no request and does not read the store.</remarks>
    /// <param name="options">The connectors, the store, the mappings, and the settings of the engine.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// An option is invalid. The exception lists every problem.
    /// </exception>
    public SyncEngine(SyncEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SyncEngineOptionsValidator.Validate(options);
        services = options.ToServices();
        compiler = new(
            services.Systems,
            services.Rules,
            services.Catalog,
            services.Overrides,
            services.SchemaLifetime,
            services.TimeProvider,
            services.Logger);
        runner = new(services, compiler);
        Couplings = new(services, runner);
        Issues = new(services, runner);
        Doubts = new(services, runner);
        overrides = new(
            options.Store as IOverrideStore, services.Overrides, services.Catalog, options.NamedCode, options.TimeProvider);
        Overrides = new(services, overrides);
        Choices = new(services, runner, compiler);
        JobQueueStore = options.Store as IJobQueueStore;
    }

    /// <summary>
    /// The mappings of the engine. They can be changed between runs and reset to
    /// <see cref="SyncEngineOptions.Mappings"/>.
    /// </summary>
    public MappingCatalog Mappings => services.Catalog;

    /// <summary>Stores changed mappings, so that they survive restarts and apply to all engines on the same store.</summary>
    public SyncOverrides Overrides { get; }

    /// <summary>Lists, creates, and removes couplings.</summary>
    public SyncCouplings Couplings { get; }

    /// <summary>Lists failed records and conflicts, and resolves them.</summary>
    public SyncIssues Issues { get; }

    /// <summary>Lists the records whose partner is doubtful, and lets a person decide about them.</summary>
    public SyncDoubts Doubts { get; }

    /// <summary>Lists the options of fields that have no counterpart on the other side, and adds them on request.</summary>
    public SyncChoices Choices { get; }

    /// <summary>The history of jobs and of their errors.</summary>
    /// <remarks>Business Central: Integration Synch. Job, Integration Synch. Job Errors.</remarks>
    public ISyncJobLog JobLog => services.JobLog;

    /// <summary>The store of job queue entries, or null if the coupling store is none.</summary>
    public IJobQueueStore? JobQueueStore { get; }

    /// <summary>For how long nothing is sent to each system, because its service asked for a pause.</summary>
    /// <remarks>Sends no request.</remarks>
    /// <param name="side">The side of the system.</param>
    /// <returns>The name of the system, and what remains of the pause; zero without one.</returns>
    public (string System, TimeSpan Left) PauseOf(SyncSide side)
    {
        var connector = services.Systems[side];
        return (connector.Name, connector.PausedFor);
    }

    /// <summary>
    /// The pair of company and organization that the engine synchronizes. It is part of every key in the store.
    /// </summary>
    /// <remarks>
    /// Until the first run, this is <see cref="SyncEngineOptions.Scope"/> or its default. A run finds the stored scope by
    /// the ids that the services tell; see <see cref="IScopeRegister"/>.
    /// </remarks>
    public SyncScope Scope => services.Scope.Current;

    /// <summary>Checks every mapping against the schemas of both systems, without running any.</summary>
    /// <remarks>
    /// Every run performs this check first, so call this method only to find problems early, such as at startup. A run of
    /// all mappings leaves out those that are invalid and those that depend on them; this method reports them all. The
    /// check asks the connectors for the schema of every table that a mapping or a lookup names. The schemas are
    /// always read again, and kept for <see cref="SyncEngineOptions.SchemaLifetime"/>.
    /// </remarks>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The warnings about the mappings, which are all valid.</returns>
    /// <exception cref="SyncConfigurationException">
    /// At least one mapping is invalid. The exception lists every problem of every mapping.
    /// </exception>
    /// <exception cref="ConnectorException">A system did not answer, and no mapping is known to be invalid.</exception>
    public async Task<ValidationReport> ValidateAsync(CancellationToken cancellationToken = default)
    {
        var catalog = await compiler.ReadAgainAsync(cancellationToken).ConfigureAwait(false);
        catalog.RequireValid();
        await services.Scope.VerifyAsync(catalog, isPreview: true, cancellationToken).ConfigureAwait(false);
        if (services.Scope.Problems is { Count: > 0 } problems)
        {
            throw new SyncConfigurationException(problems);
        }

        return new() { Warnings = [.. catalog.InOrder.SelectMany(mapping => mapping.Warnings)] };
    }

    /// <summary>Finds the scope under which the store keeps what belongs to the engine, without running anything.</summary>
    /// <remarks>
    /// After the first run, this is <see cref="Scope"/>, and nothing is asked. Before it, the systems are asked for their ids
    /// if the store knows other scopes only. If a system does not answer, the result is a guess.
    /// </remarks>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The scope.</returns>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    public async Task<SyncScope> FindScopeAsync(CancellationToken cancellationToken = default) =>
        await services.Scope.FindAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Takes over the couplings of a stored scope for systems that are copies of those it belonged to.</summary>
    /// <remarks>
    /// <para>A run refuses a scope that belongs to other systems: another organization or another company is behind the
    /// same address. If it is a copy of the environment, in which the records have the same ids, call this method once,
    /// with a copy of the coupling store. Nine tenths of a hundred sampled couplings, or of all, must exist in both
    /// systems. The original systems are refused from then on.</para>
    /// <para>A system that is only called otherwise, and a store that was made by an earlier version, need no
    /// adoption.</para>
    /// </remarks>
    /// <param name="name">
    /// The name of the stored scope, or null for the one that the engine is configured for; if there is none, for the
    /// only one whose records exist in both systems.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the scope belongs to the systems of the engine.</returns>
    /// <exception cref="SyncConfigurationException">
    /// Too few records of the couplings exist, or there is no such scope, or a mapping is invalid.
    /// </exception>
    public async Task AdoptScopeAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        var catalog = await compiler.CompileAsync(cancellationToken).ConfigureAwait(false);
        catalog.RequireValid();
        await services.Scope.AdoptAsync(name, catalog, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks a set-up and reports what a run would meet: rights, fields, duplicates, currencies, clocks, and settings.</summary>
    /// <remarks>
    /// <para>It writes nothing, neither to a system nor to the store or the job log, and needs no lease. Call it before the
    /// first run, and after a change of a set-up. Each table is read as by a full run, unless
    /// <see cref="DiagnosisOptions.ReadsRecords"/> is false.</para>
    /// <para>A check that fails is a finding and does not end the report, also if a system does not answer at all. Connectors and
    /// rules contribute with <see cref="ITableConnector.DiagnoseAsync"/> and <see cref="ISyncRule.DiagnoseAsync"/>.</para>
    /// </remarks>
    /// <param name="options">Settings, or null for the default ones.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The findings, the most severe first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="DiagnosisOptions.ListedRecords"/> is negative.
    /// </exception>
    public Task<DiagnosisReport> DiagnoseAsync(
        DiagnosisOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options?.ListedRecords ?? 0, nameof(options));
        return new DiagnosisRun(services, compiler, options ?? new()).RunAsync(cancellationToken);
    }

    /// <summary>Synchronizes one record and its partner, whether or not they changed since the last run.</summary>
    /// <remarks>
    /// <para>The pair is synchronized in every direction that the mapping allows, whichever of its records is named. An
    /// uncoupled record is matched, or else created on the other side unless
    /// <see cref="SyncRunOptions.OnlyCoupledRecords"/> is true. A coupled record that is not found counts as deleted
    /// only if a scan of all ids of its table confirms it; then the mapping's
    /// <see cref="IIntegrationTableMapping.DeletionPolicy"/> applies.</para>
    /// <para>The job says what became of every record that was named. A record outside the filter of its side counts as
    /// skipped, with <see cref="SyncErrorCodes.OutsideFilter"/> in the job log. So does a record that is
    /// <see cref="RecordFailureState.Skipped"/>, with the error that it had; use <see cref="SyncIssues.RetryAsync"/> to
    /// try it again. An id that is unknown to the system and to the store counts as failed, with
    /// <see cref="SyncErrorCodes.NotFound"/>. The checkpoints do not move.</para>
    /// <para>A coupled pair takes one read per side and one write per side that changes, in addition to look-ups of its
    /// references.</para>
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="side">The side of the record.</param>
    /// <param name="id">The id of the record on that side.</param>
    /// <param name="options">Settings of this run, or null for <see cref="SyncRunOptions.Default"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. Its counters show what happened; its errors are in <see cref="JobLog"/>.</returns>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, it or a mapping through which it looks up is invalid, or an option is invalid.
    /// </exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public Task<SyncJob> SynchronizeRecordAsync(
        string mapping,
        SyncSide side,
        Guid id,
        SyncRunOptions? options = null,
        CancellationToken cancellationToken = default) =>
        SynchronizeRecordsAsync(mapping, side, [id], options, cancellationToken);

    /// <summary>Synchronizes several records of one side and their partners in one job.</summary>
    /// <remarks>
    /// Behaves like <see cref="SynchronizeRecordAsync"/> for each of the records. They are read and processed in pages
    /// of <see cref="SyncRunOptions.PageSize"/>, or of 1,000 records if it is null.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="side">The side of the records.</param>
    /// <param name="ids">The ids of the records on that side. Duplicates are ignored.</param>
    /// <param name="options">Settings of this run, or null for <see cref="SyncRunOptions.Default"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. Its counters show what happened; its errors are in <see cref="JobLog"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ids"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="ids"/> is empty.</exception>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, it or a mapping through which it looks up is invalid, or an option is invalid.
    /// </exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public Task<SyncJob> SynchronizeRecordsAsync(
        string mapping,
        SyncSide side,
        IReadOnlyCollection<Guid> ids,
        SyncRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var request = new RunRequest(SyncJobKind.Records, options)
        {
            Records = NamedRecords.Of(side, ids),
        };
        return runner.RunAsync(mapping, request, cancellationToken);
    }

    /// <summary>Synchronizes the records of one mapping that were modified since its last run.</summary>
    /// <remarks>
    /// <para>Recovers writes that an earlier run left uncertain, tries failed records again that are due, reads the
    /// changes of each side that the mapping reads, and handles deletions, in this order. The first run reads both
    /// tables completely. Whether uncoupled records are created is set by
    /// <see cref="IIntegrationTableMapping.SynchronizesOnlyCoupledRecords"/> and
    /// <see cref="SyncRunOptions.OnlyCoupledRecords"/>.</para>
    /// <para>The checkpoints move at the end of the run, when every change before them is applied or stored as a failed
    /// record. If the run would delete too many records (see
    /// <see cref="IIntegrationTableMapping.MaximumDeletionShare"/>), nothing is thrown: the job returned is
    /// <see cref="SyncJobStatus.Stopped"/>, no record is deleted, restored, or uncoupled because of a deletion, and the
    /// checkpoints stay where they were. Other changes of the run remain. The same happens if too
    /// many records would lose a value because their source is blank; see
    /// <see cref="SyncRunOptions.AllowsMassBlanking"/>.</para>
    /// <para>If nothing changed, the run reads one change feed per side and, when
    /// <see cref="IIntegrationTableMapping.DeletionScanInterval"/> has passed, the ids of a side that does not report
    /// deletions. It writes nothing.</para>
    /// <para>Business Central: Synchronize Modified Records.</para>
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="options">Settings of this run, or null for <see cref="SyncRunOptions.Default"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. Its counters show what happened; its errors are in <see cref="JobLog"/>.</returns>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, it or a mapping through which it looks up is invalid, or an option is invalid.
    /// </exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public Task<SyncJob> SynchronizeTableAsync(
        string mapping, SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        runner.RunAsync(mapping, new(SyncJobKind.Modified, options), cancellationToken);

    /// <summary>Synchronizes the records modified since the last run of every mapping.</summary>
    /// <remarks>
    /// Each mapping runs after its <see cref="IIntegrationTableMapping.Dependencies"/>, and as in
    /// <see cref="SynchronizeTableAsync"/>. Mappings that do not need each other run at the same time, up to
    /// <see cref="SyncEngineOptions.MaxConcurrentMappings"/>. If a mapping cannot be run to its end, the mappings that depend
    /// on it, or whose lookups lead through it, are skipped; the others run, unless
    /// <see cref="SyncRunOptions.StopsAtFirstFailure"/> is true. A cancellation waits until all running mappings have ended.
    /// </remarks>
    /// <param name="options">Settings of each run, or null for <see cref="SyncRunOptions.Default"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>One job per mapping, each after those of its dependencies, otherwise in the order of the catalog.</returns>
    /// <exception cref="SyncRunException">
    /// At least one mapping was not run to its end. The exception carries the job of every mapping.
    /// </exception>
    /// <exception cref="SyncConfigurationException">An option is invalid.</exception>
    public Task<IReadOnlyList<SyncJob>> SynchronizeModifiedAsync(
        SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        runner.RunAllAsync(new(SyncJobKind.Modified, options), cancellationToken);

    /// <summary>Synchronizes all records of one mapping.</summary>
    /// <remarks>
    /// <para>Reads the whole table of each side that the mapping reads. Uncoupled records are matched, or else created
    /// on the other side, even if the mapping synchronizes only coupled records. Fields that differ although they
    /// should agree are corrected, such as a one-way field whose target was edited. The ids of a side that does not
    /// report deletions are scanned in every full run.</para>
    /// <para>For pairs that were never synchronized the local values win over other values, unless
    /// <see cref="SyncRunOptions.FirstSynchronization"/> says otherwise. At its end, the run sets the checkpoints to
    /// the positions after the complete read.</para>
    /// <para>Business Central: full synchronization, with Synch. Only Coupled Records switched off.</para>
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="options">Settings of this run, or null for <see cref="SyncRunOptions.Default"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. Its counters show what happened; its errors are in <see cref="JobLog"/>.</returns>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, it or a mapping through which it looks up is invalid, or an option is invalid.
    /// </exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public Task<SyncJob> SynchronizeFullAsync(
        string mapping, SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        runner.RunAsync(mapping, new(SyncJobKind.Full, options), cancellationToken);

    /// <summary>Synchronizes all records of every mapping.</summary>
    /// <remarks>
    /// Each mapping runs after its <see cref="IIntegrationTableMapping.Dependencies"/>, and as in
    /// <see cref="SynchronizeFullAsync(string, SyncRunOptions?, CancellationToken)"/>. Mappings that do not need each other
    /// run at the same time, up to <see cref="SyncEngineOptions.MaxConcurrentMappings"/>. If a mapping cannot be run to its
    /// end, the mappings that depend on it, or whose lookups lead through it, are skipped; the others run, unless
    /// <see cref="SyncRunOptions.StopsAtFirstFailure"/> is true. A cancellation waits until all running mappings have ended.
    /// </remarks>
    /// <param name="options">Settings of each run, or null for <see cref="SyncRunOptions.Default"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>One job per mapping, each after those of its dependencies, otherwise in the order of the catalog.</returns>
    /// <exception cref="SyncRunException">
    /// At least one mapping was not run to its end. The exception carries the job of every mapping.
    /// </exception>
    /// <exception cref="SyncConfigurationException">An option is invalid.</exception>
    public Task<IReadOnlyList<SyncJob>> SynchronizeFullAsync(
        SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        runner.RunAllAsync(new(SyncJobKind.Full, options), cancellationToken);

    /// <summary>
    /// Shows what a run of all mappings would write, without writing to either system, to the store, or to the job log.
    /// </summary>
    /// <remarks>
    /// A preview performs the steps of a run and sends the same read requests; what it would write is laid over what it
    /// reads, so that later mappings and the other side see it. It needs no lease, so it may run beside a real run.
    /// Rules are called as in a run, except <see cref="ISyncRule.AfterWriteAsync"/>.
    /// </remarks>
    /// <param name="kind">
    /// The kind of run to preview: <see cref="SyncJobKind.Modified"/> or <see cref="SyncJobKind.Full"/>.
    /// </param>
    /// <param name="options">Settings of each run, or null for <see cref="SyncRunOptions.Default"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The planned writes, the counters of each mapping, and the records that would fail or be skipped.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="kind"/> is a kind of run that cannot be previewed.
    /// </exception>
    /// <exception cref="SyncRunException">
    /// At least one mapping could not be previewed. The exception carries the preview of the others.
    /// </exception>
    /// <exception cref="SyncConfigurationException">An option is invalid.</exception>
    public Task<SyncPreview> PreviewAsync(
        SyncJobKind kind, SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        new PreviewRun(services, compiler).RunAsync(null, kind, options, cancellationToken);

    /// <summary>
    /// Shows what a run of one mapping would write, without writing to either system, to the store, or to the job log.
    /// </summary>
    /// <remarks>
    /// A preview performs the steps of a run and sends the same read requests. It needs no lease, so it may run beside
    /// a real run. Rules are called as in a run, except <see cref="ISyncRule.AfterWriteAsync"/>.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="kind">
    /// The kind of run to preview: <see cref="SyncJobKind.Modified"/> or <see cref="SyncJobKind.Full"/>.
    /// </param>
    /// <param name="options">Settings of the run, or null for <see cref="SyncRunOptions.Default"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The planned writes, the counters, and the records that would fail or be skipped.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="kind"/> is a kind of run that cannot be previewed.
    /// </exception>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, it or a mapping through which it looks up is invalid, or an option is invalid.
    /// </exception>
    public Task<SyncPreview> PreviewAsync(
        string mapping,
        SyncJobKind kind,
        SyncRunOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new PreviewRun(services, compiler)
            .RunAsync(mapping, kind, options, cancellationToken);

    /// <summary>
    /// Shows what <see cref="SynchronizeRecordsAsync"/> would write for named records, without writing to either system,
    /// to the store, or to the job log.
    /// </summary>
    /// <remarks>
    /// Performs the steps of that run, as
    /// <see cref="PreviewAsync(string, SyncJobKind, SyncRunOptions?, CancellationToken)"/> does.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="side">The side of the records.</param>
    /// <param name="ids">The ids of the records on that side. Duplicates are ignored.</param>
    /// <param name="options">Settings of the run, or null for <see cref="SyncRunOptions.Default"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The planned writes, the counters, and the records that would fail or be skipped, with the reason.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="ids"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="ids"/> is empty.</exception>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, it or a mapping through which it looks up is invalid, or an option is invalid.
    /// </exception>
    public Task<SyncPreview> PreviewRecordsAsync(
        string mapping,
        SyncSide side,
        IReadOnlyCollection<Guid> ids,
        SyncRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var records = NamedRecords.Of(side, ids);
        return new PreviewRun(services, compiler).RunAsync(mapping, records, options, cancellationToken);
    }

    /// <summary>Releases what the engine itself allocated. Call it when no run is active.</summary>
    /// <remarks>The connectors, the store, and the job log belong to the caller and are not disposed.</remarks>
    public void Dispose()
    {
        compiler.Dispose();
        services.Scope.Dispose();
        services.Overrides.Dispose();
        overrides.Dispose();
    }
}
