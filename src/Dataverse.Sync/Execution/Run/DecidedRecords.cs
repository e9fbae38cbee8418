namespace Dataverse.Sync.Execution;

/// <summary>
/// The records that this run has processed together with their partners, with the version of each and the outcome under
/// which it is counted.
/// </summary>
internal sealed class DecidedRecords
{
    private readonly DecidedTable decided = new();
    private readonly HashSet<(RecordKey Record, AwaitedCoupling Awaited, bool IsCoupled)> tried = [];

    public void Note(RecordKey record, string? version) => decided.Set(record, Fingerprint.OfVersion(version));

    public void Note(RecordKey record, PlanOutcome outcome) => decided.Set(record, outcome);

    /// <summary>Takes note that a waiting record is tried again.</summary>
    /// <returns>Whether it was not tried before under the same circumstances.</returns>
    public bool NoteTried(RecordKey record, AwaitedCoupling awaited, bool isCoupled) =>
        tried.Add((record, awaited, isCoupled));

    /// <summary>Whether the run has processed this version of the record.</summary>
    public bool Contains(RecordKey record, string? version) =>
        version is not null && decided.Find(record).Version == Fingerprint.OfVersion(version);

    /// <summary>The outcome under which a record is counted, or null if it is not.</summary>
    public PlanOutcome? OutcomeOf(RecordKey record) => decided.Find(record).Outcome;
}
