using System.Collections.Immutable;

namespace Dataverse.Sync.Testing;

/// <summary>What the connector sees of the records of a table. Callers must hold the gate of the rows.</summary>
internal sealed class Visibility(RecordLayout layout)
{
    private ImmutableHashSet<Guid> hidden = [];
    private (int Ordinal, Func<string, string>? Mask)[] changed = [];

    /// <summary>Takes over which fields are withheld or masked.</summary>
    public void Apply(TableSchema schema, IReadOnlyDictionary<string, InMemoryFieldOptions> untold)
    {
        var fields = new List<(int Ordinal, Func<string, string>? Mask)>();
        foreach (var field in schema.Fields.Where(field => field.Name != schema.KeyField))
        {
            var settings = untold.GetValueOrDefault(field.Name);
            if (settings?.Mask is not null || settings?.IsWithheld == true || !field.CanRead)
            {
                fields.Add((layout.IndexOf(field.Name), settings?.IsWithheld == true ? null : settings?.Mask));
            }
        }

        changed = [.. fields];
    }

    public void Hide(Guid id) => hidden = hidden.Add(id);

    public void Show(Guid id) => hidden = hidden.Remove(id);

    public bool IsHidden(Guid id) => hidden.Contains(id);

    /// <summary>Whether the connector sees the real values of a field.</summary>
    public bool IsOpen(int ordinal) => !Array.Exists(changed, field => field.Ordinal == ordinal);

    /// <summary>The records that the connector sees, as it sees them.</summary>
    public TableRecord[] Shown(TableRecord[] records)
    {
        if (!hidden.IsEmpty)
        {
            records = Array.FindAll(records, record => !hidden.Contains(record.Id));
        }

        return changed.Length == 0 ? records : Array.ConvertAll(records, Shown);
    }

    /// <summary>A record as the connector sees it.</summary>
    public TableRecord Shown(TableRecord record)
    {
        if (changed.Length == 0)
        {
            return record;
        }

        var values = record.Values.ToArray();
        foreach (var (ordinal, mask) in changed)
        {
            values[ordinal] = mask is not null && values[ordinal].Kind == FieldValueKind.Text
                ? FieldValue.Text(mask(values[ordinal].AsText()))
                : FieldValue.Blank;
        }

        return new TableRecord(layout, record.Id, values, record.Version, record.ModifiedOn);
    }
}
