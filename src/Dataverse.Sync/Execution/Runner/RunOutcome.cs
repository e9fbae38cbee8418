namespace Dataverse.Sync.Execution;

/// <summary>How a run of a mapping ended.</summary>
/// <param name="Job">The job, also of a run that an exception ended.</param>
/// <param name="Failure">The exception that ended the run, or null.</param>
internal sealed record RunOutcome(SyncJob Job, Exception? Failure = null)
{
    /// <summary>Whether the run began, so that its job is in the job log.</summary>
    public bool HasStarted { get; private init; } = true;

    /// <summary>The run, if it can be continued and its job is not finished yet; otherwise null.</summary>
    public OpenRun? Open { get; init; }

    /// <summary>The outcome of a run that did not begin, such as that of a mapping with another run.</summary>
    /// <param name="job">The job.</param>
    /// <param name="failure">What kept the run from beginning.</param>
    /// <param name="isCancelled">Whether the caller cancelled it. A store may have waits of its own, which time out.</param>
    public static RunOutcome NotStarted(SyncJob job, Exception failure, bool isCancelled) => new(
        job with
        {
            Status = isCancelled ? SyncJobStatus.Cancelled : SyncJobStatus.Stopped,
            FinishedOn = job.StartedOn,
            Message = ReasonOf.Failure(failure),
        },
        failure)
    { HasStarted = false };
}
