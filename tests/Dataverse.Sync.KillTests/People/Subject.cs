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
    /// Whether a run has told that both records are coupled. Until then people do nothing that cannot be told from a lost request: they do not edit
    /// the engine's record in Business Central, which is known again by what was sent, and do not delete the engine's record at all.
    /// </summary>
    public bool IsCoupled { get; set; }

    public bool MayBeEditedOn(SyncSide side) => IsCoupled || side == SyncSide.Integration || side == madeOn;

    public bool MayBeDeletedOn(SyncSide side) => IsDisposable && (IsCoupled || side == madeOn);

    /// <summary>The fields that people fill and edit.</summary>
    public IReadOnlyList<FieldPair> Edited =>
        [.. Table.Fields.Where(item => item.Local is "addressLine1" or "addressLine2" or "city" or "website" or "phoneNumber" or "mobilePhoneNumber")];

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
