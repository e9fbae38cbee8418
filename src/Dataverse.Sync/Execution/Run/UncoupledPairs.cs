namespace Dataverse.Sync.Execution;

/// <summary>Remembers the records of pairs that were uncoupled, so that no run couples or creates them again by itself.</summary>
internal static class UncoupledPairs
{
    private static readonly SyncError Reason = new(
        SyncErrorCodes.Uncoupled,
        "The record was uncoupled. Couple it, create its partner, or leave it alone.");

    /// <summary>What is stored about one record of a pair that is uncoupled.</summary>
    /// <param name="coupling">The coupling that ends.</param>
    /// <param name="side">The side of the record.</param>
    /// <param name="version">The fingerprint of its version, or zero if unknown.</param>
    /// <param name="now">The time.</param>
    /// <param name="jobId">The job that uncouples.</param>
    public static RecordFailure Remember(
        Coupling coupling, SyncSide side, ulong version, DateTimeOffset now, Guid jobId)
    {
        var other = side.Opposite();
        return new()
        {
            Record = new(side, coupling.IdOf(side)),
            State = RecordFailureState.Uncoupled,
            Error = Reason,
            Candidates = [new(new(other, coupling.IdOf(other)), coupling.VersionOf(other), IsCoupled: false)],
            Attempts = 1,
            FirstFailedOn = now,
            LastFailedOn = now,
            Version = version,
            JobId = jobId,
        };
    }

    /// <summary>The doubt about a record that was uncoupled, or null if its failure says nothing of the kind.</summary>
    public static MatchDoubt? DoubtOf(RecordFailure? failure) =>
        failure is { Error.Code: SyncErrorCodes.Uncoupled, Candidates.Count: > 0 }
            ? new(Reason, failure.Candidates)
            : null;
}
