namespace Dataverse.Sync.Execution;

/// <summary>Counts what a run does and writes the job log.</summary>
internal sealed class JobRecorder(ISyncJobLog? log, SyncJob job, IProgress<SyncProgress>? progress, TimeProvider timeProvider)
{
    private readonly List<SyncJobError> errors = [];
    private long recordsRead;

    public SyncJob Job { get; private set; } = job;

    public Task StartAsync(CancellationToken cancellationToken) => SaveAsync(cancellationToken);

    public void CountRead(int records) => recordsRead += records;

    public void Count(PlanOutcome outcome) => Add(outcome switch
    {
        PlanOutcome.Inserted => new() { Inserted = 1 },
        PlanOutcome.Modified => new() { Modified = 1 },
        PlanOutcome.Deleted => new() { Deleted = 1 },
        PlanOutcome.Uncoupled => new() { Uncoupled = 1 },
        PlanOutcome.Skipped => new() { Skipped = 1 },
        PlanOutcome.Failed => new() { Failed = 1 },
        PlanOutcome.Conflicted => new() { Conflicted = 1 },
        _ => new() { Unchanged = 1 },
    });

    public void CountUnchanged(int records) => Add(new() { Unchanged = records });

    public void CountCoupled() => Add(new() { Coupled = 1 });

    public void AddError(RecordKey record, SyncError error) =>
        errors.Add(new(Job.Id, record, timeProvider.GetUtcNow(), error));

    public void Report(SyncStep step) => progress?.Report(new(Job.Key.Mapping, step, recordsRead, Job.Counters));

    /// <summary>Writes the errors gathered so far, so that their number never grows with the run.</summary>
    public async Task FlushErrorsAsync(CancellationToken cancellationToken)
    {
        if (log is not null && errors.Count > 0)
        {
            await log.AddErrorsAsync([.. errors], cancellationToken).ConfigureAwait(false);
        }

        errors.Clear();
    }

    public async Task<SyncJob> FinishAsync(SyncJobStatus status, string? message)
    {
        Job = Job with { Status = status, Message = message, FinishedOn = timeProvider.GetUtcNow() };
        await FlushErrorsAsync(CancellationToken.None).ConfigureAwait(false);
        await SaveAsync(CancellationToken.None).ConfigureAwait(false);
        Report(SyncStep.Finished);
        return Job;
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (log is not null)
        {
            await log.SaveAsync(Job, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Add(SyncCounters counters) => Job = Job with { Counters = Job.Counters + counters };
}
