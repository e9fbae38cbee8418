namespace Dataverse.Sync.Execution;

/// <summary>Collects the writes of a preview and the ids of the records that it would create.</summary>
internal sealed class PreviewRecorder(Func<Guid> newId)
{
    /// <summary>Stands for a value that a system assigns only when it creates the record.</summary>
    public static FieldValue Placeholder { get; } = FieldValue.Text("(new)");

    private readonly List<PlannedOperation> operations = [];
    private readonly HashSet<Guid> created = [];
    private readonly Sides<PretendedWrites> pretended = new(new(), new());
    private readonly Dictionary<string, MappingFindings> findings = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<PlannedOperation> Operations => operations;

    /// <summary>Sums up what the preview finds out about a mapping, over all parts of its run.</summary>
    public MappingFindings FindingsOf(CompiledMapping mapping)
    {
        if (!findings.TryGetValue(mapping.Name, out var found))
        {
            findings[mapping.Name] = found = new(mapping);
        }

        return found;
    }

    /// <summary>The findings about a mapping, or null if it was not run.</summary>
    public MappingPreview? SummaryOf(string mapping) => findings.GetValueOrDefault(mapping)?.ToPreview(operations);

    public WriteResult Record(string mapping, SyncSide side, string table, WriteOperation operation)
    {
        operations.Add(new()
        {
            Mapping = mapping,
            Side = side,
            Table = table,
            Kind = operation.Kind,
            RecordId = operation.Id,
            Fields = operation.Fields,
        });
        var id = operation.Id == Guid.Empty ? newId() : operation.Id;
        if (operation.Kind == WriteKind.Insert)
        {
            _ = created.Add(id);
        }

        pretended[side].Take(table, operation, id);

        return new() { Status = WriteStatus.Applied, Id = id };
    }

    /// <summary>Records that the system would delete a record as a consequence of another deletion.</summary>
    public void RecordCascade(string mapping, string table, RecordKey record)
    {
        var operation = new WriteOperation { Kind = WriteKind.Delete, Id = record.Id, Fields = [] };
        pretended[record.Side].Take(table, operation, record.Id);
        operations.Add(new()
        {
            Mapping = mapping,
            Side = record.Side,
            Table = table,
            Kind = WriteKind.Delete,
            RecordId = record.Id,
            Fields = [],
            IsCascade = true,
        });
    }

    /// <summary>Returns the pretended writes to a side.</summary>
    public PretendedWrites On(SyncSide side) => pretended[side];

    public bool HasCreated(Guid id) => created.Contains(id);

    /// <summary>
    /// Returns placeholders for values that a system assigns only when it creates the record, such as a number.
    /// </summary>
    public Dictionary<Guid, FieldValue> PlaceholdersFor(IEnumerable<Guid> ids) =>
        ids.Where(created.Contains).ToDictionary(id => id, _ => Placeholder);
}
