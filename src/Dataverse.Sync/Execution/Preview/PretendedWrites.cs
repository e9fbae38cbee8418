namespace Dataverse.Sync.Execution;

/// <summary>
/// The records of one side as they would be after the writes of a preview, so that the other pass reads the same
/// records as in a run.
/// </summary>
internal sealed class PretendedWrites
{
    private readonly Dictionary<Guid, Dictionary<string, FieldValue>> changed = [];
    private readonly HashSet<Guid> deleted = [];
    private readonly Dictionary<Guid, string> created = [];
    private readonly CreatedIndex index = new();

    /// <summary>Takes note of a write.</summary>
    /// <param name="table">The table.</param>
    /// <param name="operation">The write.</param>
    /// <param name="id">The id of the record, also of one whose id the system would choose.</param>
    public void Take(string table, WriteOperation operation, Guid id)
    {
        if (operation.Kind == WriteKind.Delete)
        {
            _ = deleted.Add(id);
            return;
        }

        if (operation.Kind == WriteKind.Insert)
        {
            created[id] = table;
            index.Add(table, id);
        }

        foreach (var write in operation.Fields)
        {
            Set(id, write.Field, write.Value);
        }
    }

    /// <summary>Takes note of a value that a new record has by itself.</summary>
    public void Set(Guid id, string field, FieldValue value)
    {
        if (!changed.TryGetValue(id, out var fields))
        {
            changed[id] = fields = new(StringComparer.Ordinal);
        }

        fields[field] = value;
    }

    /// <summary>The records of a query that exist in the preview only.</summary>
    public IEnumerable<TableRecord> CreatedOf(RecordQuery query)
    {
        var ids = query.Ids.Where(id => created.GetValueOrDefault(id) == query.Table && !deleted.Contains(id)).ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var layout = new RecordLayout(query.Table, query.Fields);
        return ids.Select(id => Over(new TableRecord(layout, id, new FieldValue[layout.Fields.Count])));
    }

    /// <summary>The records that a search would find and that exist in the preview only.</summary>
    public IEnumerable<TableRecord> CreatedOf(FieldQuery query)
    {
        var ids = index.Find(query, id => ValueOf(id, query.Field)).ToList();
        return CreatedOf(new RecordQuery { Table = query.Table, Fields = query.Fields, Ids = ids });
    }

    public IReadOnlyList<TableRecord> Over(IReadOnlyList<TableRecord> records) =>
        changed.Count + deleted.Count == 0
            ? records
            : [.. records.Where(record => !deleted.Contains(record.Id)).Select(Over)];

    public IReadOnlyList<RecordVersion> Over(IReadOnlyList<RecordVersion> keys) =>
        deleted.Count == 0 ? keys : [.. keys.Where(key => !deleted.Contains(key.Id))];

    private FieldValue ValueOf(Guid id, string field) =>
        changed.GetValueOrDefault(id)?.GetValueOrDefault(field, FieldValue.Blank) ?? FieldValue.Blank;

    private TableRecord Over(TableRecord record)
    {
        if (!changed.TryGetValue(record.Id, out var fields))
        {
            return record;
        }

        var values = record.Values.ToArray();
        foreach (var (field, value) in fields)
        {
            if (record.Layout.IndexOf(field) is >= 0 and var place)
            {
                values[place] = value;
            }
        }

        return new(record.Layout, record.Id, values, record.Version, record.ModifiedOn);
    }
}
