namespace Dataverse.Sync.Execution;

/// <summary>
/// Remembers the records of pairs that were uncoupled, so that no run creates their partners, or takes one of them for a
/// record that never had a partner.
/// </summary>
internal static class UncoupledPairs
{
    /// <summary>The pair was uncoupled by a person or by a policy for deletions. Only a person couples it again.</summary>
    public static SyncError ByDecision { get; } = new(
        SyncErrorCodes.Uncoupled,
        "The record was uncoupled. Couple it, create its partner, or leave it alone.");

    /// <summary>The pair was uncoupled because one of its records left its filter.</summary>
    public static SyncError ByFilter { get; } = new(
        SyncErrorCodes.LeftFilter,
        "The pair was uncoupled, because one of its records left the filter of its side. It is coupled again when both are "
        + "within their filters.");

    /// <summary>The stored memory of one record of a pair that is uncoupled.</summary>
    /// <param name="coupling">The coupling that ends.</param>
    /// <param name="side">The side of the record.</param>
    /// <param name="reason">Why the pair is uncoupled.</param>
    /// <param name="version">The fingerprint of its version, or zero if unknown.</param>
    /// <param name="now">The time.</param>
    /// <param name="jobId">The job that uncouples.</param>
    public static RecordFailure Remember(
        Coupling coupling, SyncSide side, SyncError reason, ulong version, DateTimeOffset now, Guid jobId)
    {
        var other = side.Opposite();
        return new()
        {
            Record = new(side, coupling.IdOf(side)),
            State = RecordFailureState.Uncoupled,
            Error = reason,
            Candidates = [new(new(other, coupling.IdOf(other)), coupling.VersionOf(other), IsCoupled: false)],
            Attempts = 1,
            FirstFailedOn = now,
            LastFailedOn = now,
            Version = version,
            JobId = jobId,
        };
    }

    /// <summary>Whether a failure remembers the former partner of a record.</summary>
    public static bool IsMemory(RecordFailure? failure) =>
        failure is { Error.Code: SyncErrorCodes.Uncoupled or SyncErrorCodes.LeftFilter, Candidates.Count: > 0 };

    /// <summary>Whether a failure remembers that a record was uncoupled from a certain one.</summary>
    public static bool Separates(RecordFailure? failure, RecordKey partner) =>
        IsMemory(failure) && failure!.Candidates.Any(candidate => candidate.Record == partner);

    /// <summary>The doubt about a record that was uncoupled by a decision, or null if its failure says nothing of the kind.</summary>
    public static MatchDoubt? DoubtOf(RecordFailure? failure) =>
        failure is { Error.Code: SyncErrorCodes.Uncoupled, Candidates.Count: > 0 }
            ? new(ByDecision, failure.Candidates)
            : null;

    /// <summary>
    /// The former partner of a record whose pair was uncoupled because of a filter, or null if there is none.
    /// </summary>
    public static RecordKey? FormerPartnerOf(RecordFailure? failure) =>
        failure is { Error.Code: SyncErrorCodes.LeftFilter, Candidates: [var former] }
            && former.Record.Side == failure.Record.Side.Opposite()
            ? former.Record
            : null;
}
