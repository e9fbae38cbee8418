namespace Dataverse.Sync.Shared;

/// <summary>Values that a field is looked up by; texts without regard to letter case, numbers by amount.</summary>
internal sealed class ValueSet
{
    private readonly HashSet<string> texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<FieldValue> others = [];

    public ValueSet(IEnumerable<FieldValue> values)
    {
        foreach (var value in values)
        {
            _ = value.Kind == FieldValueKind.Text ? texts.Add(value.AsText()) : others.Add(Normalize(value));
        }
    }

    public bool Contains(FieldValue value) =>
        value.Kind == FieldValueKind.Text ? texts.Contains(value.AsText()) : others.Contains(Normalize(value));

    /// <summary>Keeps the records whose field has one of the values.</summary>
    /// <param name="records">The records.</param>
    /// <param name="field">The field.</param>
    /// <param name="connector">The name of the system for people.</param>
    /// <exception cref="ConnectorException">The field of a record cannot be read, so that the record may be one of
    /// them. Who looks for it would take it for missing.</exception>
    public IEnumerable<TableRecord> Keep(IEnumerable<TableRecord> records, string field, string connector) =>
        records.Where(record => record[field] is var value && value.Kind == FieldValueKind.Unreadable
            ? throw new ConnectorException(
                connector,
                ConnectorFailure.MalformedAnswer,
                $"{connector}: find '{record.Layout.Table}' by '{field}': the value of record {record.Id} cannot be read.")
            : Contains(value));

    /// <summary>The values, each once.</summary>
    public IEnumerable<FieldValue> Distinct => texts.Select(FieldValue.Text).Concat(others);

    public int Count => texts.Count + others.Count;

    private static FieldValue Normalize(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Integer => FieldValue.Decimal(value.AsInteger()),
        FieldValueKind.Reference => FieldValue.Identifier(value.AsIdentifier()),
        _ => value,
    };
}
