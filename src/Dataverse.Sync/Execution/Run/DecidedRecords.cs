namespace Dataverse.Sync.Execution;

/// <summary>
/// The records that this run has processed together with their partners, with the version of each and the outcome under
/// which it is counted.
/// </summary>
internal sealed class DecidedRecords
{
    private readonly DecidedTable decided = new();
    private readonly HashSet<(RecordKey Record, AwaitedCoupling Awaited, bool IsCoupled)> tried = [];

    public void Note(RecordKey record, string? version) =>
        decided.Set(record, Fingerprint.OfVersion(version), isCreated: false);

    /// <summary>Takes note of a record that the run created, with the version that the response contained.</summary>
    public void NoteCreated(RecordKey record, ulong version) => decided.Set(record, version, isCreated: true);

    public void Note(RecordKey record, PlanOutcome outcome) => decided.Set(record, outcome);

    /// <summary>Takes note that a waiting record is tried again.</summary>
    /// <returns>Whether it was not tried before under the same circumstances.</returns>
    public bool NoteTried(RecordKey record, AwaitedCoupling awaited, bool isCoupled) =>
        tried.Add((record, awaited, isCoupled));

    /// <summary>Whether the run has processed this version of the record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="version">The version, or null if it has none.</param>
    /// <param name="isNamed">
    /// Whether the record was requested by id: one that the run created may then have been read for something that is still
    /// to be written to it.
    /// </param>
    public bool Contains(RecordKey record, string? version, bool isNamed) => version is not null
        && decided.Find(record) is { Version: not 0 } entry
        && !(isNamed && entry.IsCreated)
        && entry.Version == Fingerprint.OfVersion(version);

    /// <summary>The outcome under which a record is counted, or null if it is not.</summary>
    public PlanOutcome? OutcomeOf(RecordKey record) => decided.Find(record).Outcome;
}
