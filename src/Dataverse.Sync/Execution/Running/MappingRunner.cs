using System.Diagnostics;

namespace Dataverse.Sync.Execution;

/// <summary>Starts runs: takes the lease, keeps the job, and turns how a run ended into its status.</summary>
internal sealed class MappingRunner(EngineServices services, MappingCompiler compiler)
{
    private readonly string owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    public async Task<SyncJob> RunAsync(string mapping, RunRequest request, CancellationToken cancellationToken)
    {
        var catalog = await compiler.CompileAsync(cancellationToken).ConfigureAwait(false);
        return await RunAsync(catalog, catalog[mapping], request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs every mapping in dependency order.</summary>
    public async Task<IReadOnlyList<SyncJob>> RunAllAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var catalog = await compiler.CompileAsync(cancellationToken).ConfigureAwait(false);
        var jobs = new List<SyncJob>(catalog.InOrder.Count);
        foreach (var mapping in catalog.InOrder)
        {
            jobs.Add(await RunAsync(catalog, mapping, request, cancellationToken).ConfigureAwait(false));
        }

        return jobs;
    }

    /// <summary>Does something under the lease of a mapping, outside of a run.</summary>
    public async Task<T> UnderLeaseAsync<T>(MappingKey key, Func<LeaseKeeper, Task<T>> action, CancellationToken cancellationToken)
    {
        var keeper = await AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        await using var release = keeper.ConfigureAwait(false);
        return await action(keeper).ConfigureAwait(false);
    }

    public async Task<CompiledMapping> CompileAsync(string mapping, CancellationToken cancellationToken) =>
        (await compiler.CompileAsync(cancellationToken).ConfigureAwait(false))[mapping];

    private Task<LeaseKeeper> AcquireAsync(MappingKey key, CancellationToken cancellationToken) =>
        LeaseKeeper.AcquireAsync(services.Store, key, $"{owner}/{Guid.NewGuid():N}", services.LeaseDuration, services.TimeProvider, cancellationToken);

    private async Task<SyncJob> RunAsync(CompiledCatalog catalog, CompiledMapping mapping, RunRequest request, CancellationToken cancellationToken)
    {
        using var activity = SyncDiagnostics.ActivitySource.StartActivity(SyncDiagnostics.RunActivityName);
        _ = activity?.SetTag(SyncDiagnostics.MappingTag, mapping.Name).SetTag(SyncDiagnostics.KindTag, request.Kind.ToString());
        var key = services.KeyOf(mapping.Name);
        var keeper = await AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        await using var release = keeper.ConfigureAwait(false);
        var job = await RunUnderLeaseAsync(catalog, mapping, key, keeper, request, cancellationToken).ConfigureAwait(false);
        _ = activity?.SetTag(SyncDiagnostics.StatusTag, job.Status.ToString());
        return job;
    }

    private async Task<SyncJob> RunUnderLeaseAsync(CompiledCatalog catalog, CompiledMapping mapping, MappingKey key, LeaseKeeper lease, RunRequest request, CancellationToken cancellationToken)
    {
        var recorder = new JobRecorder(services.JobLog, NewJob(mapping, key, request.Kind), request.Options.Progress, services.TimeProvider);
        services.Logger.RunStarted(mapping.Name, request.Kind, recorder.Job.Id);
        await recorder.StartAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var memory = await RecordMemory.LoadAsync(services.Store, key, cancellationToken).ConfigureAwait(false);
            var run = new MappingRun(CreateContext(catalog, mapping, key, lease, recorder, memory, request), services.UncertainWriteWindow);
            var stopped = request.Records is { } records
                ? await run.RunAsync(records.Side, records.Ids, cancellationToken).ConfigureAwait(false)
                : await run.RunAsync(cancellationToken).ConfigureAwait(false);
            return await FinishAsync(recorder, stopped is null ? SyncJobStatus.Finished : SyncJobStatus.Stopped, stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _ = await FinishAsync(recorder, SyncJobStatus.Cancelled, "The run was cancelled.").ConfigureAwait(false);
            throw;
        }
        catch (Exception failure)
        {
            services.Logger.RunStopped(mapping.Name, recorder.Job.Id, failure.GetType().Name);
            await TryFinishAsync(recorder, failure).ConfigureAwait(false);
            throw;
        }
    }

    private MappingRunContext CreateContext(CompiledCatalog catalog, CompiledMapping mapping, MappingKey key, LeaseKeeper lease, JobRecorder recorder, RecordMemory memory, RunRequest request)
    {
        var local = request.Preview is null ? services.Local : new PreviewConnector(services.Local, SyncSide.Local, mapping.Name, request.Preview);
        var integration = request.Preview is null ? services.Integration : new PreviewConnector(services.Integration, SyncSide.Integration, mapping.Name, request.Preview);
        return new()
        {
            Mapping = mapping,
            Mappings = catalog.ByName,
            Key = key,
            Store = services.Store,
            Local = local,
            Integration = integration,
            TimeProvider = services.TimeProvider,
            RuleContext = new(mapping.Mapping, services.Scope, local, integration, services.TimeProvider, request.Preview is not null),
            Kind = request.Kind,
            Options = request.Options,
            Lease = lease,
            Job = recorder,
            Memory = memory,
            NewId = services.NewId,
            Logger = services.Logger,
            Preview = request.Preview,
            Settlement = request.Settlement,
            DeletionDecision = request.DeletionDecision,
        };
    }

    private SyncJob NewJob(CompiledMapping mapping, MappingKey key, SyncJobKind kind) => new()
    {
        Id = services.NewId(),
        Key = key,
        Kind = kind,
        Direction = mapping.Mapping.Direction,
        StartedOn = services.TimeProvider.GetUtcNow(),
    };

    private async Task<SyncJob> FinishAsync(JobRecorder recorder, SyncJobStatus status, string? message)
    {
        var job = await recorder.FinishAsync(status, message).ConfigureAwait(false);
        var counters = job.Counters;
        services.Logger.RunFinished(job.Key.Mapping, job.Id, status, counters.Inserted, counters.Modified, counters.Deleted, counters.Unchanged, counters.Skipped, counters.Failed, counters.Conflicted);
        SyncDiagnostics.Measure(job);
        return job;
    }

    // The log may be what failed; the failure that the caller sees must be the first one.
    private async Task TryFinishAsync(JobRecorder recorder, Exception failure)
    {
        try
        {
            _ = await FinishAsync(recorder, SyncJobStatus.Stopped, failure is SyncException ? failure.Message : $"The run failed with {failure.GetType().Name}.").ConfigureAwait(false);
        }
        catch (SyncException)
        {
            // Nothing more can be told through a log that does not answer.
        }
    }
}
