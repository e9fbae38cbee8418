namespace Dataverse.Sync.Execution;

/// <summary>Counts the operations of a run and writes the job log.</summary>
internal sealed class JobRecorder(
    ISyncJobLog? log, SyncJob job, IProgress<SyncProgress>? progress, TimeProvider timeProvider)
{
    private readonly List<SyncJobError> errors = [];
    private readonly HashSet<RecordKey> keptBack = [];
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
        Doubtful = counts[(int)PlanOutcome.Doubtful],
    };

    /// <summary>The number of pairs that the run has ended.</summary>
    public long EndedPairs => counts[(int)PlanOutcome.Deleted] + counts[(int)PlanOutcome.Uncoupled];

    public void Count(PlanOutcome outcome) => counts[(int)outcome]++;

    public void Uncount(PlanOutcome outcome) => counts[(int)outcome]--;

    /// <summary>Keeps the errors of a record out of the log until the end of the run.</summary>
    public void KeepErrorsBack(RecordKey record) => keptBack.Add(record);

    /// <summary>Takes back the errors of a record that is tried again in the same job.</summary>
    /// <returns>Whether the errors were kept out of the log until now.</returns>
    public bool WithdrawErrors(RecordKey record)
    {
        var isKeptBack = keptBack.Remove(record);
        _ = isKeptBack ? errors.RemoveAll(error => error.Record == record) : 0;
        return isKeptBack;
    }

    public void CountCoupled() => coupled++;

    public void CountCutTexts(int texts) => cutTexts += texts;

    public void AddError(RecordKey record, SyncError error) =>
        errors.Add(new(job.Id, record, timeProvider.GetUtcNow(), error));

    /// <summary>Adds a sentence to the message of the job, which a run that ends normally has otherwise none of.</summary>
    public void AddNote(string sentence) =>
        job = job with { Message = job.Message is { } before ? $"{before} {sentence}" : sentence };

    /// <summary>Tells the caller how far the run is. A handler that fails is the caller's affair.</summary>
    public void Report(SyncStage step)
    {
        try
        {
            progress?.Report(new(job.Key.Mapping, step, recordsRead, Counters));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // A window that was closed, for example. It must not stop the run.
        }
    }

    /// <summary>Writes the errors collected so far, so that they do not accumulate in memory during the run.</summary>
    public async Task FlushErrorsAsync(CancellationToken cancellationToken)
    {
        List<SyncJobError> ready = keptBack.Count == 0
            ? [.. errors]
            : errors.FindAll(error => !keptBack.Contains(error.Record));
        if (log is not null && ready.Count > 0)
        {
            await log.AddErrorsAsync(ready, cancellationToken).ConfigureAwait(false);
        }

        _ = errors.RemoveAll(ready.Contains);
    }

    public async Task<SyncJob> FinishAsync(SyncJobStatus status, string? message)
    {
        job = job with { Status = status, Message = Join(message, job.Message), FinishedOn = timeProvider.GetUtcNow() };
        keptBack.Clear();
        await FlushErrorsAsync(CancellationToken.None).ConfigureAwait(false);
        await SaveAsync(CancellationToken.None).ConfigureAwait(false);
        Report(SyncStage.Finished);
        return Job;
    }

    private static string? Join(string? reason, string? notes) =>
        reason is null || notes is null ? reason ?? notes : $"{reason} {notes}";

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (log is not null)
        {
            await log.SaveAsync(Job, cancellationToken).ConfigureAwait(false);
        }
    }
}
