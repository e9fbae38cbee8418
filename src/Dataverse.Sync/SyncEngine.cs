using Dataverse.Sync.Execution;

namespace Dataverse.Sync;

/// <summary>Keeps the tables of two systems in step by integration table mappings.</summary>
/// <remarks>
/// <para>Safe for concurrent use; a mapping runs once at a time, here and in every other process on the same store
/// (<see cref="MappingBusyException"/>). A record that fails is remembered and listed, and never ends a run.</para>
/// <para>What ends a run is thrown: <see cref="SyncConfigurationException"/> before anything is done, <see cref="ConnectorException"/>
/// when a system cannot be read, <see cref="CouplingStoreException"/>, <see cref="LeaseLostException"/>, and
/// <see cref="OperationCanceledException"/>. A run that ended early is completed by the next one.</para>
/// </remarks>
public sealed class SyncEngine : IDisposable
{
    private readonly EngineServices services;
    private readonly MappingCompiler compiler;
    private readonly MappingRunner runner;

    /// <summary>Makes an engine. Nothing is read until the first run.</summary>
    public SyncEngine(SyncEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        SyncEngineOptionsValidator.Validate(options);
        services = new(options);
        compiler = new(services);
        runner = new(services, compiler);
        Couplings = new(services, runner);
        Issues = new(services, runner);
    }

    /// <summary>The mappings, which may be changed between runs and put back to what the engine was made with.</summary>
    public MappingCatalog Mappings => services.Catalog;

    /// <summary>Couples, matches, uncouples, and lists.</summary>
    public SyncCouplings Couplings { get; }

    /// <summary>Failed records, conflicts, and what can be done about them.</summary>
    public SyncIssues Issues { get; }

    /// <summary>The history of jobs.</summary>
    public ISyncJobLog JobLog => services.JobLog;

    /// <summary>The company and organization that this engine keeps in step.</summary>
    public SyncScope Scope => services.Scope;

    /// <summary>Checks all mappings against both systems' schemas without running any.</summary>
    /// <exception cref="SyncConfigurationException">Something is wrong; every problem is named.</exception>
    public Task ValidateAsync(CancellationToken cancellationToken = default) => compiler.CompileAsync(cancellationToken);

    /// <summary>Synchronizes one record with its partner, whatever happened to it since the last run.</summary>
    /// <remarks>A record outside the mapping's filter is left alone. An uncoupled one is created on the other side unless the options say otherwise.</remarks>
    public Task<SyncJob> SynchronizeRecordAsync(string mapping, SyncSide side, Guid id, SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        SynchronizeRecordsAsync(mapping, side, [id], options, cancellationToken);

    /// <summary>Synchronizes several records with their partners, in one job.</summary>
    public Task<SyncJob> SynchronizeRecordsAsync(string mapping, SyncSide side, IReadOnlyCollection<Guid> ids, SyncRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return runner.RunAsync(mapping, new(SyncJobKind.Records, SyncRunOptionsValidator.Validate(options)) { Records = (side, ids) }, cancellationToken);
    }

    /// <summary>Synchronizes what was modified since the mapping's last run.</summary>
    public Task<SyncJob> SynchronizeTableAsync(string mapping, SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        runner.RunAsync(mapping, new(SyncJobKind.Modified, SyncRunOptionsValidator.Validate(options)), cancellationToken);

    /// <summary>Synchronizes what was modified since the last run in every mapping, in dependency order.</summary>
    public Task<IReadOnlyList<SyncJob>> SynchronizeModifiedAsync(SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        runner.RunAllAsync(new(SyncJobKind.Modified, SyncRunOptionsValidator.Validate(options)), cancellationToken);

    /// <summary>Synchronizes every record of a mapping: matches and creates uncoupled ones, and sets right what drifted apart.</summary>
    public Task<SyncJob> SynchronizeFullAsync(string mapping, SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        runner.RunAsync(mapping, new(SyncJobKind.Full, SyncRunOptionsValidator.Validate(options)), cancellationToken);

    /// <summary>Synchronizes every record of every mapping, in dependency order.</summary>
    public Task<IReadOnlyList<SyncJob>> SynchronizeFullAsync(SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        runner.RunAllAsync(new(SyncJobKind.Full, SyncRunOptionsValidator.Validate(options)), cancellationToken);

    /// <summary>Shows what a run of all mappings would do, without writing to either system or to the store.</summary>
    /// <param name="kind">Whether to preview a run of modified records or a full one.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="cancellationToken">Ends the preview.</param>
    public Task<SyncPreview> PreviewAsync(SyncJobKind kind, SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        new PreviewRun(services, compiler).RunAsync(null, kind, SyncRunOptionsValidator.Validate(options), cancellationToken);

    /// <summary>Shows what a run of one mapping would do, without writing to either system or to the store.</summary>
    public Task<SyncPreview> PreviewAsync(string mapping, SyncJobKind kind, SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        new PreviewRun(services, compiler).RunAsync(mapping, kind, SyncRunOptionsValidator.Validate(options), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => compiler.Dispose();
}
