namespace Dataverse.Sync.Testing;

/// <summary>
/// The ids of the records by the value of one field. Letter case is ignored, and 1 equals 1.0, as in queries.
/// </summary>
/// <remarks>
/// Most values of a searched field occur once; only repeated values need a set. Not safe for concurrent use.
/// </remarks>
internal sealed class FieldIndex(int ordinal)
{
    private readonly Dictionary<FieldValue, Guid> single = [];
    private readonly Dictionary<FieldValue, HashSet<Guid>> several = [];

    public IEnumerable<Guid> Find(FieldValue value)
    {
        var key = Canonical(value);
        return several.TryGetValue(key, out var ids) ? ids : single.TryGetValue(key, out var id) ? [id] : [];
    }

    public void Add(TableRecord record)
    {
        var key = Canonical(record[ordinal]);
        if (key.IsBlank)
        {
            return;
        }

        if (several.TryGetValue(key, out var ids))
        {
            _ = ids.Add(record.Id);
        }
        else if (!single.TryAdd(key, record.Id))
        {
            _ = single.Remove(key, out var other);
            several[key] = [other, record.Id];
        }
    }

    public void Remove(TableRecord record)
    {
        var key = Canonical(record[ordinal]);
        if (!several.TryGetValue(key, out var ids))
        {
            _ = single.Remove(key);
            return;
        }

        _ = ids.Remove(record.Id);
        if (ids.Count == 0)
        {
            _ = several.Remove(key);
        }
    }

    private static FieldValue Canonical(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Text => FieldValue.Text(value.AsText().ToUpperInvariant()),
        FieldValueKind.Integer => FieldValue.Decimal(value.AsDecimal()),
        FieldValueKind.Reference => FieldValue.Identifier(value.AsIdentifier()),
        _ => value,
    };
}
