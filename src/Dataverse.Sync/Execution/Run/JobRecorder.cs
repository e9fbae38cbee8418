namespace Dataverse.Sync.Execution;

/// <summary>Counts the operations of a run and writes the job log.</summary>
internal sealed class JobRecorder(
    ISyncJobLog? log, SyncJob job, IProgress<SyncProgress>? progress, TimeProvider timeProvider)
{
    private readonly List<SyncJobError> errors = [];
    private readonly long[] counts = new long[Enum.GetValues<PlanOutcome>().Length];
    private SyncJob job = job;
    private long coupled;
    private long cutTexts;
    private long recordsRead;

    public SyncJob Job => job with { Counters = Counters, CutTexts = cutTexts };

    public Task StartAsync(CancellationToken cancellationToken) => SaveAsync(cancellationToken);

    public void CountRead(int records) => recordsRead += records;

    public Guid JobId => job.Id;

    private SyncCounters Counters => new()
    {
        Inserted = counts[(int)PlanOutcome.Inserted],
        Modified = counts[(int)PlanOutcome.Modified],
        Deleted = counts[(int)PlanOutcome.Deleted],
        Unchanged = counts[(int)PlanOutcome.Unchanged],
        Skipped = counts[(int)PlanOutcome.Skipped],
        Failed = counts[(int)PlanOutcome.Failed],
        Coupled = coupled,
        Uncoupled = counts[(int)PlanOutcome.Uncoupled],
        Conflicted = counts[(int)PlanOutcome.Conflicted],
    };

    public void Count(PlanOutcome outcome) => counts[(int)outcome]++;

    public void Uncount(PlanOutcome outcome) => counts[(int)outcome]--;

    /// <summary>Takes back the counts of failed records that are tried again in the same job.</summary>
    public void WithdrawFailures(int records) => counts[(int)PlanOutcome.Failed] -= records;

    public void CountCoupled() => coupled++;

    public void CountCutTexts(int texts) => cutTexts += texts;

    public void AddError(RecordKey record, SyncError error) =>
        errors.Add(new(job.Id, record, timeProvider.GetUtcNow(), error));

    public void Report(SyncStage step) => progress?.Report(new(job.Key.Mapping, step, recordsRead, Counters));

    /// <summary>Writes the errors collected so far, so that they do not accumulate in memory during the run.</summary>
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
        job = job with { Status = status, Message = message, FinishedOn = timeProvider.GetUtcNow() };
        await FlushErrorsAsync(CancellationToken.None).ConfigureAwait(false);
        await SaveAsync(CancellationToken.None).ConfigureAwait(false);
        Report(SyncStage.Finished);
        return Job;
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (log is not null)
        {
            await log.SaveAsync(Job, cancellationToken).ConfigureAwait(false);
        }
    }
}
