using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Starts runs: acquires the lease, records the job, and determines its status from the outcome of the run.
/// </summary>
internal sealed class MappingRunner(EngineServices services, MappingCompiler compiler)
{
    private readonly SchemaRefresh schemas = new(compiler);
    private readonly string owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Runs one mapping.</summary>
    public async Task<SyncJob> RunAsync(string mapping, RunRequest request, CancellationToken cancellationToken)
    {
        var catalog = await compiler.CompileAsync(cancellationToken).ConfigureAwait(false);
        var compiled = RequireEnabled(catalog[mapping]);
        var outcome = await AttemptAsync(catalog, compiled, request, staysOpen: false, cancellationToken)
            .ConfigureAwait(false);
        if (outcome.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return outcome.Job;
    }

    /// <summary>Runs every mapping in dependency order.</summary>
    public async Task<IReadOnlyList<SyncJob>> RunAllAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var catalog = await compiler.CompileAsync(cancellationToken).ConfigureAwait(false);
        await RefuseForeignScopeAsync(catalog, cancellationToken).ConfigureAwait(false);
        catalog = await OfVerifiedScopeAsync(catalog, cancellationToken).ConfigureAwait(false);
        return await new MappingSequence(services, this, catalog, request).RunAsync(cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Runs a mapping. Whatever ends the run early, a cancellation too, is part of the outcome.</summary>
    /// <param name="catalog">The mappings.</param>
    /// <param name="mapping">The mapping to run.</param>
    /// <param name="request">The request.</param>
    /// <param name="staysOpen">Whether the run may be continued, so that the job of one that ends well is not finished.</param>
    /// <param name="cancellationToken">A token that cancels the run.</param>
    public async Task<RunOutcome> AttemptAsync(
        CompiledCatalog catalog,
        CompiledMapping mapping,
        RunRequest request,
        bool staysOpen,
        CancellationToken cancellationToken)
    {
        using var activity = StartActivity(mapping, request.Kind);
        var outcome = await RunUnderLeaseAsync(catalog, mapping, request, staysOpen, cancellationToken)
            .ConfigureAwait(false);
        EndActivity(activity, outcome);
        return outcome;
    }

    /// <summary>Continues a run after the mappings were run for whose records its own may wait.</summary>
    /// <returns>Whether a record was tried, and the outcome: still open, or ended by an exception.</returns>
    public async Task<(bool HasTried, RunOutcome Outcome)> ContinueAsync(
        RunOutcome before, CancellationToken cancellationToken)
    {
        var (composition, recorder) = before.Open!;
        try
        {
            if (!await composition.AnyWaitsAsync(cancellationToken).ConfigureAwait(false))
            {
                return (false, before);
            }

            var keeper = await AcquireAsync(before.Job.Key, cancellationToken).ConfigureAwait(false);
            await using var release = keeper.ConfigureAwait(false);
            var run = await composition.CreateAsync(keeper, recorder, cancellationToken).ConfigureAwait(false);
            var (hasTried, stopped) = await run.ContinueAsync(cancellationToken).ConfigureAwait(false);
            return stopped is null
                ? (hasTried, before)
                : (false, new(await FinishAsync(recorder, SyncJobStatus.Stopped, stopped).ConfigureAwait(false)));
        }
        catch (MappingBusyException)
        {
            // Another engine runs the mapping, and synchronizes the records that wait.
            return (false, before);
        }
        catch (Exception thrown)
        {
            return (false, await EndAsync(composition, recorder, thrown, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Finishes the job of a run that was open.</summary>
    public Task<SyncJob> FinishAsync(OpenRun run) => TryFinishAsync(run.Recorder, SyncJobStatus.Finished, message: null);

    /// <summary>Executes an action under the lease of a mapping, outside a run.</summary>
    public async Task<T> UnderLeaseAsync<T>(
        MappingKey key, Func<LeaseKeeper, Task<T>> action, CancellationToken cancellationToken)
    {
        var keeper = await AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        await using var release = keeper.ConfigureAwait(false);
        return await action(keeper).ConfigureAwait(false);
    }

    /// <summary>Compiles a mapping that the scope of the engine may use.</summary>
    public async Task<CompiledMapping> CompileAsync(string mapping, CancellationToken cancellationToken)
    {
        var catalog = await compiler.CompileAsync(cancellationToken).ConfigureAwait(false);
        var compiled = catalog[mapping];
        await VerifyScopeAsync(catalog, compiled, cancellationToken).ConfigureAwait(false);
        return compiled;
    }

    private static CompiledMapping RequireEnabled(CompiledMapping mapping) => mapping.Mapping.IsEnabled
        ? mapping
        : throw new SyncConfigurationException([$"Mapping '{mapping.Name}' is switched off, so that it is not run."]);

    // Before the first run, the scope may only be guessed. The overrides of another one must not count.
    private async ValueTask<CompiledCatalog> OfVerifiedScopeAsync(
        CompiledCatalog catalog, CancellationToken cancellationToken) =>
        services.Overrides.Scope is { } read && read != services.Scope.Current.Name
            ? await compiler.CompileAsync(cancellationToken).ConfigureAwait(false)
            : catalog;

    private async Task VerifyScopeAsync(
        CompiledCatalog catalog, CompiledMapping mapping, CancellationToken cancellationToken)
    {
        await services.Scope.VerifyAsync(catalog, services.IsPreview, cancellationToken).ConfigureAwait(false);
        services.Scope.RequireTable(mapping.Name);
    }

    private async Task<Exception?> RefusalOfAsync(
        CompiledCatalog catalog, CompiledMapping mapping, CancellationToken cancellationToken)
    {
        try
        {
            await VerifyScopeAsync(catalog, mapping, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    // A scope of other systems concerns all mappings. Whatever else goes wrong is reported by the job of each mapping.
    private async Task RefuseForeignScopeAsync(CompiledCatalog catalog, CancellationToken cancellationToken)
    {
        if (catalog.ByName.Count == 0)
        {
            return;
        }

        try
        {
            await services.Scope.VerifyAsync(catalog, services.IsPreview, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ConnectorException or CouplingStoreException)
        {
            // The run of each mapping verifies the scope again.
        }
    }

    private Task<LeaseKeeper> AcquireAsync(MappingKey key, CancellationToken cancellationToken)
    {
        var unique = $"{owner}/{Guid.NewGuid():N}";
        var term = new LeaseTerm(services.LeaseDuration, services.UncertainWriteWindow, services.TimeProvider);
        return LeaseKeeper.AcquireAsync(services.Store, key, unique, term, cancellationToken);
    }

    private async Task<RunOutcome> RunUnderLeaseAsync(
        CompiledCatalog catalog,
        CompiledMapping mapping,
        RunRequest request,
        bool staysOpen,
        CancellationToken cancellationToken)
    {
        // The scope is part of the key and of the job.
        var refusal = await RefusalOfAsync(catalog, mapping, cancellationToken).ConfigureAwait(false);
        var key = services.KeyOf(mapping.Name);
        var recorder = new JobRecorder(
            services.JobLog, services.NewJob(mapping.Mapping, request.Kind), request.Options.Progress,
            services.TimeProvider);
        try
        {
            if (refusal is not null)
            {
                ExceptionDispatchInfo.Throw(refusal);
            }

            var verified = await OfVerifiedScopeAsync(catalog, cancellationToken).ConfigureAwait(false);
            if (!ReferenceEquals(verified, catalog))
            {
                await VerifyScopeAsync(verified, verified[mapping.Name], cancellationToken).ConfigureAwait(false);
                (catalog, mapping) = (verified, RequireEnabled(verified[mapping.Name]));
            }

            var keeper = await AcquireAsync(key, cancellationToken).ConfigureAwait(false);
            await using var release = keeper.ConfigureAwait(false);
            await recorder.StartAsync(cancellationToken).ConfigureAwait(false);
            var composition = new RunComposition(services, catalog, key, request);
            return await RunAsync(composition, request.Records, keeper, recorder, staysOpen, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var isCancelled = failure is OperationCanceledException && cancellationToken.IsCancellationRequested;
            return RunOutcome.NotStarted(recorder.Job, failure, isCancelled);
        }
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

    // A run that was cancelled did what it was asked to. One that was stopped or has failed records is an error.
    private static void EndActivity(Activity? activity, RunOutcome outcome)
    {
        var job = outcome.Job;
        _ = activity?.SetTag(SyncDiagnostics.StatusTag, job.Status.ToString());
        if (job.Status == SyncJobStatus.Stopped)
        {
            _ = activity?.SetStatus(ActivityStatusCode.Error, outcome.Failure?.GetType().Name ?? "A fuse stopped the run.");
            _ = outcome.Failure is { } failure ? activity?.AddEvent(SyncDiagnostics.EventOf(failure)) : null;
        }
        else if (job.Status == SyncJobStatus.Finished && job.Counters.Failed > 0)
        {
            _ = activity?.SetStatus(ActivityStatusCode.Error, $"Records failed: {job.Counters.Failed}.");
        }
    }

    private async Task<RunOutcome> RunAsync(
        RunComposition composition,
        NamedRecords? records,
        LeaseKeeper lease,
        JobRecorder recorder,
        bool staysOpen,
        CancellationToken cancellationToken)
    {
        try
        {
            var run = await composition.CreateAsync(lease, recorder, cancellationToken).ConfigureAwait(false);
            var stopped = records is null
                ? await run.RunAsync(cancellationToken).ConfigureAwait(false)
                : await run.RunAsync(records, cancellationToken).ConfigureAwait(false);
            if (composition.Contradictions.Count > 0)
            {
                // Also after a stop, whose reason does not concern these records.
                var stoppedLater = await schemas.TryAgainAsync(composition, lease, recorder, cancellationToken)
                    .ConfigureAwait(false);
                stopped ??= stoppedLater;
            }

            if (stopped is null && staysOpen)
            {
                var finished = recorder.Job with { Status = SyncJobStatus.Finished };
                return new(finished) { Open = new(composition, recorder) };
            }

            var status = stopped is null ? SyncJobStatus.Finished : SyncJobStatus.Stopped;
            return new(await FinishAsync(recorder, status, stopped).ConfigureAwait(false));
        }
        catch (Exception thrown)
        {
            return await EndAsync(composition, recorder, thrown, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RunOutcome> EndAsync(
        RunComposition composition, JobRecorder recorder, Exception thrown, CancellationToken cancellationToken)
    {
        if (thrown is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            var cancelled = await TryFinishAsync(recorder, SyncJobStatus.Cancelled, "The run was cancelled.")
                .ConfigureAwait(false);
            return new(cancelled, thrown);
        }

        var failure = await schemas.ExplainAsync(composition, thrown, cancellationToken).ConfigureAwait(false);
        services.Logger.RunStopped(recorder.Job.Key.Mapping, recorder.JobId, failure);
        var job = await TryFinishAsync(recorder, SyncJobStatus.Stopped, ReasonOf.Failure(failure))
            .ConfigureAwait(false);
        return new(job, failure);
    }

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
    private async Task<SyncJob> TryFinishAsync(JobRecorder recorder, SyncJobStatus status, string? message)
    {
        try
        {
            return await FinishAsync(recorder, status, message).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A job log that cannot be written cannot record the failure either.
            return recorder.Job;
        }
    }
}
