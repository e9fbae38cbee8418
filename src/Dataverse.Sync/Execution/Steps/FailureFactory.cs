namespace Dataverse.Sync.Execution;

/// <summary>Turns a failure into what is remembered of it: how often, since when, and when to try again.</summary>
internal sealed class FailureFactory(MappingRunContext run)
{
    public RecordFailure Create(PairWork work, SyncError error) => Create(work.Key, error, work.SourceRecord.Version, work.Plan?.Awaited);

    public RecordFailure Create(RecordKey record, SyncError error, string? version = null, AwaitedCoupling? awaited = null, bool needsPerson = false)
    {
        var before = run.Memory.FailureOf(record);
        var policy = run.Mapping.Mapping.RetryPolicy;
        var attempts = before is not null && before.Error == error ? before.Attempts + 1 : 1;
        var isSkipped = needsPerson || (awaited is null && policy.SkipAfterIdenticalFailures > 0 && attempts >= policy.SkipAfterIdenticalFailures);
        return new()
        {
            Record = record,
            State = isSkipped ? RecordFailureState.Skipped : awaited is null ? RecordFailureState.Failed : RecordFailureState.Waiting,
            Error = error,
            Attempts = attempts,
            FirstFailedOn = before?.FirstFailedOn ?? run.Now,
            LastFailedOn = run.Now,
            NextTryOn = isSkipped ? null : run.Now + (awaited is null ? policy.DelayAfter(attempts) : policy.LongestDelay),
            Awaited = awaited,
            Version = Fingerprint.OfVersion(version),
            JobId = run.Job.JobId,
        };
    }
}
