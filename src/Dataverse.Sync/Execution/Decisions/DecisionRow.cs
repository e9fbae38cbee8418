namespace Dataverse.Sync.Execution;

/// <summary>A row of a file of decisions that contains a decision.</summary>
/// <param name="Row">The number of the row.</param>
/// <param name="Record">The record, or null if the row names none.</param>
/// <param name="Version">The version of the record that the person has seen.</param>
/// <param name="Candidate">The candidate of the row, or null if it names none.</param>
/// <param name="CandidateVersion">The version of the candidate that the person has seen.</param>
/// <param name="Decision">The decision, or null if it cannot be read.</param>
internal sealed record DecisionRow(
    int Row,
    RecordKey? Record,
    ulong? Version,
    RecordKey? Candidate,
    ulong? CandidateVersion,
    DoubtDecision? Decision)
{
    /// <summary>Why the row cannot be understood, or null if it can.</summary>
    public SyncError? Problem => Decision is null ? DecisionErrors.UnknownWord
        : Record is null || Version is null ? DecisionErrors.NoRecord
        : Decision == DoubtDecision.Couple && (Candidate is null || CandidateVersion is null) ? DecisionErrors.NoCandidate
        : null;

    /// <summary>The pair that the row couples; null if it decides otherwise.</summary>
    public (RecordKey Local, RecordKey Integration)? Pair => Decision == DoubtDecision.Couple
        ? Record!.Value.Side == SyncSide.Local ? (Record.Value, Candidate!.Value) : (Candidate!.Value, Record.Value)
        : null;

    public ImportedDecision Answer(SyncError? error) =>
        new() { Row = Row, Record = Record, Decision = Decision, Error = error };
}
