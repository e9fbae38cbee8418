namespace Dataverse.Sync.Execution;

/// <summary>The inserts whose outcome is uncertain, of this run and of earlier ones: what the steps ask before they create or couple a record.</summary>
internal sealed class UncertainInserts(InsertLikeness likeness, FailureLedger failures, HeldRecords held)
{
    private readonly List<Intent> intents = [];
    private readonly Dictionary<RecordKey, Intent> reserved = [];

    /// <summary>The intent of an insert that may have been sent for a record; its id is used again, so that no second record can appear.</summary>
    public Intent? ReservedFor(RecordKey source) => reserved.GetValueOrDefault(source);

    /// <summary>Whether a record stays out of the run until the outcome of its insert is known.</summary>
    public bool IsHeld(RecordKey source) => held.Contains(source);

    /// <summary>Whether a record may have a partner that an insert created under an id that nobody knows.</summary>
    public bool MayHavePartner(RecordKey source) => failures.IsUndecidable(source)
        || intents.Exists(intent =>
            intent.TargetId == Guid.Empty && intent.SourceId == source.Id && intent.Target == source.Side.Opposite());

    /// <summary>Whether a record may be what an insert created for another record, or is left to a person to decide.</summary>
    public bool MayBelongToAnother(SyncSide side, TableRecord record) =>
        intents.Exists(intent => intent.Target == side && (likeness.Fits(record, intent) || likeness.Resembles(record, intent)))
        || failures.IsUndecidable(new(side, record.Id));

    /// <summary>Recognizes a record that an insert created. The insert is certain from then on.</summary>
    /// <returns>The insert, if one fits; whether the record only resembles one, so that nothing can be decided.</returns>
    public (Intent? Insert, bool IsDoubtful) TryRecognize(SyncSide side, TableRecord record)
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

    /// <summary>Takes an uncertain insert into account.</summary>
    public void Note(Intent intent) => intents.Add(intent);

    /// <summary>Takes a recognized insert into account as uncertain again, if there is one.</summary>
    public void NoteAgain(Intent? intent)
    {
        if (intent is not null)
        {
            Note(intent);
        }
    }

    /// <summary>Takes an uncertain insert into account that may be sent again under the id that was chosen for it.</summary>
    public void Reserve(Intent intent)
    {
        reserved[intent.SourceKey()] = intent;
        Note(intent);
    }

    /// <summary>Takes an uncertain insert into account whose source stays out of the run.</summary>
    public void Hold(Intent intent)
    {
        held.Hold(intent.SourceKey());
        Note(intent);
    }

    /// <summary>Forgets the reserved id of a record that has a partner now.</summary>
    public void Release(RecordKey source) => reserved.Remove(source);
}
