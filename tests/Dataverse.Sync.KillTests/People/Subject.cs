namespace Dataverse.Sync.KillTests;

/// <summary>One thing that people keep in both services, known by its name, with all that they did to it and that the service acknowledged.</summary>
internal sealed class Subject(RecordKind kind, string name, SyncSide madeOn)
{
    private readonly Dictionary<FieldPair, List<Edit>> edits = [];
    private readonly Dictionary<SyncSide, SeenRecord> deleted = [];

    public RecordKind Kind { get; } = kind;

    public string Name { get; } = name;

    public TablePair Table { get; } = kind switch
    {
        RecordKind.Customer => TablePair.Customers,
        RecordKind.Vendor => TablePair.Vendors,
        _ => TablePair.Contacts,
    };

    /// <summary>The customer or vendor of a contact.</summary>
    public Subject? Company { get; init; }

    /// <summary>Whether it may be deleted: the companies of contacts may not, since others go with them.</summary>
    public bool IsDisposable { get; init; }

    /// <summary>
    /// Whether people edit it in Business Central. There the engine's new records get their ids from the service and are known again by
    /// what was sent, so people wait until a run has told that they are coupled.
    /// </summary>
    public bool IsKnownLocally { get; set; } = madeOn == SyncSide.Local;

    public IEnumerable<FieldPair> EditedFields => edits.Keys;

    public int EditCount => edits.Values.Sum(list => list.Count);

    public bool IsDeleted => deleted.Count > 0;

    /// <summary>The record as it stood when it was deleted on a side; null where nobody did.</summary>
    public SeenRecord? DeletedOn(SyncSide side) => deleted.GetValueOrDefault(side);

    public void Note(FieldPair field, Edit edit)
    {
        if (!edits.TryGetValue(field, out var list))
        {
            edits.Add(field, list = []);
        }

        list.Add(edit);
    }

    public void NoteDeletion(SyncSide side, SeenRecord last) => deleted[side] = last;

    /// <summary>The last value that was entered, on either side or on one; null for none.</summary>
    public Edit? LastEdit(FieldPair field, SyncSide? side = null) => edits[field].LastOrDefault(edit => side is null || edit.Side == side);
}
