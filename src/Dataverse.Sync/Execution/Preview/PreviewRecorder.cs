namespace Dataverse.Sync.Execution;

/// <summary>Gathers what a preview would write and the ids that it pretends to have created.</summary>
internal sealed class PreviewRecorder(Func<Guid> newId)
{
    private static readonly FieldValue Placeholder = FieldValue.Text("(new)");

    private readonly List<PlannedOperation> operations = [];
    private readonly HashSet<Guid> created = [];
    private readonly Sides<PretendedWrites> pretended = new(new(), new());

    public IReadOnlyList<PlannedOperation> Operations => operations;

    public WriteResult Record(string mapping, SyncSide side, string table, WriteOperation operation)
    {
        pretended[side].Take(operation);
        operations.Add(new() { Mapping = mapping, Side = side, Table = table, Kind = operation.Kind, RecordId = operation.Id, Fields = operation.Fields });
        var id = operation.Id == Guid.Empty ? newId() : operation.Id;
        if (operation.Kind == WriteKind.Insert)
        {
            _ = created.Add(id);
        }

        return new() { Status = WriteStatus.Applied, Id = id };
    }

    /// <summary>What the writes so far would have made of a side's records.</summary>
    public PretendedWrites On(SyncSide side) => pretended[side];

    public bool HasCreated(Guid id) => created.Contains(id);

    /// <summary>Stand-ins for values that a system will only give out when the record is really created, such as a number.</summary>
    public Dictionary<Guid, FieldValue> PlaceholdersFor(IEnumerable<Guid> ids) => ids.Where(created.Contains).ToDictionary(id => id, _ => Placeholder);
}
