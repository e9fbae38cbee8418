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
