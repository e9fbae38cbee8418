namespace Dataverse.Sync.Execution;

/// <summary>
/// A run that records its writes instead of sending them: the same steps with a store and connectors that change
/// nothing.
/// </summary>
internal sealed class PreviewRun(EngineServices services, MappingCompiler compiler)
{
    public Task<SyncPreview> RunAsync(
        string? mapping, SyncJobKind kind, SyncRunOptions? options, CancellationToken cancellationToken)
    {
        if (kind is not (SyncJobKind.Modified or SyncJobKind.Full))
        {
            throw new ArgumentOutOfRangeException(
                nameof(kind), kind, "Only a run of modified records or a full run can be previewed.");
        }

        return RunAsync(mapping, recorder => new(kind, options) { Preview = recorder }, cancellationToken);
    }

    public Task<SyncPreview> RunAsync(
        string mapping, NamedRecords records, SyncRunOptions? options, CancellationToken cancellationToken) => RunAsync(
            mapping,
            recorder => new(SyncJobKind.Records, options) { Preview = recorder, Records = records },
            cancellationToken);

    private async Task<SyncPreview> RunAsync(
        string? mapping, Func<PreviewRecorder, RunRequest> create, CancellationToken cancellationToken)
    {
        var recorder = new PreviewRecorder(services.NewId);
        var log = new InMemorySyncJobLog();
        var pretended = services.ForPreview(log);
        var runner = new MappingRunner(pretended, compiler);
        var request = create(recorder);
        SyncRunException? stopped = null;
        IReadOnlyList<SyncJob> jobs;
        try
        {
            jobs = mapping is null
                ? await runner.RunAllAsync(request, cancellationToken).ConfigureAwait(false)
                : [await runner.RunAsync(mapping, request, cancellationToken).ConfigureAwait(false)];
        }
        catch (SyncRunException failure)
        {
            (stopped, jobs) = (failure, failure.Jobs);
        }

        var errors = new List<SyncJobError>();
        foreach (var job in jobs)
        {
            errors.AddRange(await log.ListErrorsAsync(job.Id, cancellationToken).ConfigureAwait(false));
        }

        var preview = new SyncPreview
        {
            Jobs = jobs,
            Operations = recorder.Operations,
            Errors = errors,
            Mappings = [.. jobs.Select(job => recorder.SummaryOf(job.Key.Mapping)).OfType<MappingPreview>()],
        };
        return stopped is null
            ? preview
            : throw new SyncRunException(jobs, stopped.InnerExceptions) { Preview = preview };
    }
}
