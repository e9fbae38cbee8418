namespace Dataverse.Sync.Execution;

/// <summary>
/// Records that were uncoupled and are left alone until somebody edits them: a feed with an overlap delivers them again,
/// as if they were new.
/// </summary>
/// <remarks>
/// They are stored like failures, with the version that was uncoupled. So the echo step drops that version, and any other
/// one is an edit. A full run, matching, and a run of named records process them.
/// </remarks>
internal sealed class LeftRecords(RunSettings settings, FailureLedger failures, Commits commits)
{
    // No overlap of a feed reaches back that far.
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    public static bool IsLeft(RecordFailure? failure) => failure?.Error.Code == SyncErrorCodes.Uncoupled;

    /// <summary>Returns the entry of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="version">The fingerprint of its version, or zero if unknown.</param>
    /// <param name="now">The time.</param>
    /// <param name="jobId">The job in which it was uncoupled.</param>
    public static RecordFailure EntryOf(RecordKey record, ulong version, DateTimeOffset now, Guid jobId) => new()
    {
        Record = record,
        State = RecordFailureState.Waiting,
        Error = new(SyncErrorCodes.Uncoupled, "The record was uncoupled and is left alone until it is edited."),
        Attempts = 1,
        FirstFailedOn = now,
        LastFailedOn = now,
        NextTryOn = now + Memory,
        Version = version,
        JobId = jobId,
    };

    /// <summary>Forgets the records of a side that its feed no longer delivers by itself.</summary>
    /// <param name="side">The side.</param>
    /// <param name="isWholeTable">Whether the feed has no position, and delivers the whole table each time.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async Task ForgetAsync(SyncSide side, bool isWholeTable, CancellationToken cancellationToken)
    {
        var old = failures.All.Where(failure =>
            failure.Record.Side == side && IsLeft(failure) && failure.NextTryOn <= settings.Now).ToList();
        if (isWholeTable || old.Count == 0)
        {
            return;
        }

        var unit = commits.Begin();
        foreach (var failure in old)
        {
            unit.Clear(failure.Record);
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}
