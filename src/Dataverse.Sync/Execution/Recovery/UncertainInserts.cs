namespace Dataverse.Sync.Execution;

/// <summary>
/// The uncertain inserts of this run and of earlier ones, which the steps consult before they create or couple a
/// record.
/// </summary>
internal sealed class UncertainInserts(
    InsertLikeness likeness, FailureLedger failures, HeldRecords held, IReadOnlyList<Intent> elsewhere)
{
    private readonly List<Intent> intents = [];
    private readonly Dictionary<RecordKey, Intent> reserved = [];

    /// <summary>
    /// Returns the intent of an insert that may have been sent for a record. Its id is used again, so that no second
    /// record can be created.
    /// </summary>
    public Intent? ReservedFor(RecordKey source) => reserved.GetValueOrDefault(source);

    /// <summary>Whether an insert may have created a partner of a record under an unknown id.</summary>
    public bool MayHavePartner(RecordKey source) =>
        failures.IsUndecidable(source) || (intents.Count > 0 && IsUnderUnknownId(source));

    /// <summary>
    /// Whether an insert of another mapping over the same tables is uncertain that was made for a record, or may have
    /// created it. Only a run of that mapping can settle it.
    /// </summary>
    public bool IsAwaitedElsewhere(RecordKey record) => elsewhere.Count > 0 && IsElsewhere(record);

    /// <summary>
    /// Whether an insert may have created a record for another record, or the record is left to a person.
    /// </summary>
    public bool MayBelongToAnother(SyncSide side, TableRecord record) =>
        intents.Exists(intent =>
            intent.Target == side && (likeness.Fits(record, intent) || likeness.Resembles(record, intent)))
        || failures.IsUndecidable(new(side, record.Id));

    /// <summary>Recognizes a record that an insert created. The insert is no longer uncertain.</summary>
    /// <returns>
    /// The insert that fits, if any, and whether the record only resembles one, so that nothing can be decided.
    /// </returns>
    public (Intent? Insert, bool IsDoubtful) TryRecognize(SyncSide side, TableRecord record) =>
        intents.Count == 0 ? default : RecognizeAmong(side, record);

    /// <summary>Adds an uncertain insert.</summary>
    public void Note(Intent intent) => intents.Add(intent);

    /// <summary>Adds a recognized insert again as uncertain. Does nothing if there is none.</summary>
    public void NoteAgain(Intent? intent)
    {
        if (intent is not null)
        {
            Note(intent);
        }
    }

    /// <summary>Adds an uncertain insert that may be sent again under the id that was chosen for it.</summary>
    public void Reserve(Intent intent)
    {
        reserved[intent.SourceKey()] = intent;
        Note(intent);
    }

    /// <summary>Adds an uncertain insert and excludes its source from the run.</summary>
    public void Hold(Intent intent)
    {
        held.Hold(intent.SourceKey());
        Note(intent);
    }

    /// <summary>Removes the reserved id of a record that has a partner now.</summary>
    public void Release(RecordKey source) => reserved.Remove(source);

    // Most runs have no uncertain inserts, and ask for every record. Only these methods allocate closures.
    private bool IsUnderUnknownId(RecordKey source) => intents.Exists(intent =>
        intent.TargetId == Guid.Empty && intent.SourceId == source.Id && intent.Target == source.Side.Opposite());

    private bool IsElsewhere(RecordKey record) => elsewhere.Any(intent => intent.Target == record.Side
        ? intent.TargetId == Guid.Empty || intent.TargetId == record.Id
        : intent.SourceId == record.Id);

    private (Intent? Insert, bool IsDoubtful) RecognizeAmong(SyncSide side, TableRecord record)
    {
        var index = intents.FindIndex(intent => intent.Target == side && likeness.Fits(record, intent));
        if (index < 0)
        {
            return (null, intents.Exists(intent => intent.Target == side && likeness.Resembles(record, intent)));
        }

        var insert = intents[index];
        intents.RemoveAt(index);
        return (insert, false);
    }
}
