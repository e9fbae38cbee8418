namespace Dataverse.Sync.Execution;

/// <summary>
/// Creates the stored failure of a record from an error, with the number of attempts and the time of the next one.
/// </summary>
internal sealed class FailureFactory(RunSettings settings, FailureLedger failures, Guid jobId)
{
    public RecordFailure Create(RecordKey record, RecordError failed)
    {
        var before = failures.Of(record) is { State: not RecordFailureState.Uncoupled } known ? known : null;
        var policy = settings.Mapping.Mapping.RetryPolicy;
        var now = settings.Now;
        var attempts = before is not null && ErrorComparison.AreSame(before.Error, failed.Error) ? before.Attempts + 1 : 1;
        var waitsForChange = failed.Candidates.Count > 0 || failed.WaitsForFilter;
        var isSkipped = !waitsForChange && (failed.NeedsPerson || IsRepeatedTooOften(policy, failed, attempts));
        return new()
        {
            Record = record,
            State = isSkipped ? RecordFailureState.Skipped : StateOf(failed),
            Error = failed.Error,
            Attempts = attempts,
            FirstFailedOn = before?.FirstFailedOn ?? now,
            LastFailedOn = now,
            NextTryOn = isSkipped || waitsForChange ? null : failed.NextTryOn ?? now + DelayOf(policy, failed, attempts),
            Awaited = failed.Awaited,
            Candidates = failed.Candidates,
            Version = Fingerprint.OfVersion(failed.Version),
            JobId = jobId,
        };
    }

    private static RecordFailureState StateOf(RecordError failed) =>
        failed.Candidates.Count > 0 ? RecordFailureState.Doubtful
        : failed.Awaited is not null || failed.WaitsForFilter ? RecordFailureState.Waiting
        : RecordFailureState.Failed;

    private static bool IsRepeatedTooOften(RetryPolicy policy, RecordError failed, int attempts) =>
        failed is { Awaited: null, NextTryOn: null }
        && !WriteErrors.MayPass(failed.Error)
        && policy.SkipAfterIdenticalFailures > 0
        && attempts >= policy.SkipAfterIdenticalFailures;

    private static TimeSpan DelayOf(RetryPolicy policy, RecordError failed, int attempts) =>
        failed.Awaited is null ? policy.DelayAfter(attempts) : policy.LongestDelay;
}
