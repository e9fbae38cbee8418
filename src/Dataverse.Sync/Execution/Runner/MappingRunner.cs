using System.Diagnostics;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Starts runs: acquires the lease, records the job, and determines its status from the outcome of the run.
/// </summary>
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

    /// <summary>Executes an action under the lease of a mapping, outside a run.</summary>
    public async Task<T> UnderLeaseAsync<T>(
        MappingKey key, Func<LeaseKeeper, Task<T>> action, CancellationToken cancellationToken)
    {
        var keeper = await AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        await using var release = keeper.ConfigureAwait(false);
        return await action(keeper).ConfigureAwait(false);
    }

    public async Task<CompiledMapping> CompileAsync(string mapping, CancellationToken cancellationToken) =>
        (await compiler.CompileAsync(cancellationToken).ConfigureAwait(false))[mapping];

    private Task<LeaseKeeper> AcquireAsync(MappingKey key, CancellationToken cancellationToken)
    {
        var unique = $"{owner}/{Guid.NewGuid():N}";
        var term = new LeaseTerm(services.LeaseDuration, services.UncertainWriteWindow, services.TimeProvider);
        return LeaseKeeper.AcquireAsync(services.Store, key, unique, term, cancellationToken);
    }

    private async Task<SyncJob> RunAsync(
        CompiledCatalog catalog, CompiledMapping mapping, RunRequest request, CancellationToken cancellationToken)
    {
        using var activity = StartActivity(mapping, request.Kind);
        try
        {
            var job = await RunUnderLeaseAsync(catalog, mapping, request, cancellationToken).ConfigureAwait(false);
            EndActivity(activity, job.Status);
            return job;
        }
        catch (Exception failure)
        {
            var isCancelled = failure is OperationCanceledException && cancellationToken.IsCancellationRequested;
            EndActivity(activity, isCancelled ? SyncJobStatus.Cancelled : SyncJobStatus.Stopped);
            throw;
        }
    }

    private async Task<SyncJob> RunUnderLeaseAsync(
        CompiledCatalog catalog, CompiledMapping mapping, RunRequest request, CancellationToken cancellationToken)
    {
        var key = services.KeyOf(mapping.Name);
        var keeper = await AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        await using var release = keeper.ConfigureAwait(false);
        var recorder = new JobRecorder(
            services.JobLog, NewJob(mapping, key, request.Kind), request.Options.Progress, services.TimeProvider);
        services.Logger.RunStarted(mapping.Name, request.Kind, recorder.JobId);
        await recorder.StartAsync(cancellationToken).ConfigureAwait(false);
        var composition = new RunComposition(services, catalog, key, request);
        return await RunAsync(composition, request.Records, keeper, recorder, cancellationToken).ConfigureAwait(false);
    }

    private Activity? StartActivity(CompiledMapping mapping, SyncJobKind kind)
    {
        var activity = services.IsPreview
            ? null
            : SyncDiagnostics.ActivitySource.StartActivity(SyncDiagnostics.RunActivityName);
        _ = activity?.SetTag(SyncDiagnostics.MappingTag, mapping.Name);
        _ = activity?.SetTag(SyncDiagnostics.KindTag, kind.ToString());
        return activity;
    }

    // A run that was cancelled did what it was asked to; only a run that was stopped is an error.
    private static void EndActivity(Activity? activity, SyncJobStatus status)
    {
        _ = activity?.SetTag(SyncDiagnostics.StatusTag, status.ToString());
        if (status == SyncJobStatus.Stopped)
        {
            _ = activity?.SetStatus(ActivityStatusCode.Error);
        }
    }

    private async Task<SyncJob> RunAsync(
        RunComposition composition,
        NamedRecords? records,
        LeaseKeeper lease,
        JobRecorder recorder,
        CancellationToken cancellationToken)
    {
        try
        {
            var run = await composition.CreateAsync(lease, recorder, cancellationToken).ConfigureAwait(false);
            var stopped = records is null
                ? await run.RunAsync(cancellationToken).ConfigureAwait(false)
                : await run.RunAsync(records, cancellationToken).ConfigureAwait(false);
            var status = stopped is null ? SyncJobStatus.Finished : SyncJobStatus.Stopped;
            return await FinishAsync(recorder, status, stopped).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _ = await FinishAsync(recorder, SyncJobStatus.Cancelled, "The run was cancelled.").ConfigureAwait(false);
            throw;
        }
        catch (Exception failure)
        {
            services.Logger.RunStopped(recorder.Job.Key.Mapping, recorder.JobId, failure.GetType().Name);
            await TryFinishAsync(recorder, failure).ConfigureAwait(false);
            throw;
        }
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
        services.Logger.RunFinished(job);
        if (!services.IsPreview)
        {
            SyncDiagnostics.Measure(job);
        }

        return job;
    }

    // The job log itself may have failed. The caller must see the first failure.
    private async Task TryFinishAsync(JobRecorder recorder, Exception failure)
    {
        var message = failure is SyncException ? failure.Message : $"The run failed with {failure.GetType().Name}.";
        try
        {
            _ = await FinishAsync(recorder, SyncJobStatus.Stopped, message).ConfigureAwait(false);
        }
        catch (SyncException)
        {
            // A job log that cannot be written cannot record the failure either.
        }
    }
}
