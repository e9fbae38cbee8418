namespace Dataverse.Sync.Execution;

/// <summary>
/// The records of one side as they would be after the writes of a preview, so that the other pass reads the same
/// records as in a run.
/// </summary>
internal sealed class PretendedWrites
{
    private readonly Dictionary<Guid, Dictionary<string, FieldValue>> changed = [];
    private readonly HashSet<Guid> deleted = [];

    public void Take(WriteOperation operation)
    {
        switch (operation.Kind)
        {
            case WriteKind.Update:
                TakeUpdate(operation);
                break;
            case WriteKind.Delete:
                _ = deleted.Add(operation.Id);
                break;
            default:
                break; // nobody reads a record that exists in the preview only
        }
    }

    public IReadOnlyList<TableRecord> Over(IReadOnlyList<TableRecord> records) =>
        changed.Count + deleted.Count == 0
            ? records
            : [.. records.Where(record => !deleted.Contains(record.Id)).Select(Over)];

    public IReadOnlyList<RecordVersion> Over(IReadOnlyList<RecordVersion> keys) =>
        deleted.Count == 0 ? keys : [.. keys.Where(key => !deleted.Contains(key.Id))];

    private void TakeUpdate(WriteOperation operation)
    {
        if (!changed.TryGetValue(operation.Id, out var fields))
        {
            changed[operation.Id] = fields = new(StringComparer.Ordinal);
        }

        foreach (var write in operation.Fields)
        {
            fields[write.Field] = write.Value;
        }
    }

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
