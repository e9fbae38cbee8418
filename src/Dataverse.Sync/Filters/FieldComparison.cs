namespace Dataverse.Sync;

/// <summary>A filter that compares a field with a value. Created by <see cref="RecordFilter.Compare"/>.</summary>
public sealed record FieldComparison : RecordFilter
{
    internal FieldComparison(string field, ComparisonOperator comparison, FieldValue value)
    {
        Field = field;
        Operator = comparison;
        Value = value;
    }

    /// <summary>The name of the field.</summary>
    public string Field { get; }

    /// <summary>How the field is compared.</summary>
    public ComparisonOperator Operator { get; }

    /// <summary>The value with which the field is compared.</summary>
    public FieldValue Value { get; }

    /// <inheritdoc/>
    public override bool Matches(TableRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var actual = record[Field];
        return Operator switch
        {
            ComparisonOperator.Equal => FieldValueComparer.AreEqual(actual, Value),
            ComparisonOperator.NotEqual => !FieldValueComparer.AreEqual(actual, Value),
            ComparisonOperator.StartsWith =>
                actual.ToString().StartsWith(Value.AsText(), StringComparison.OrdinalIgnoreCase),
            ComparisonOperator.Contains =>
                actual.ToString().Contains(Value.AsText(), StringComparison.OrdinalIgnoreCase),
            _ => !actual.IsBlank && IsOrdered(FieldValueComparer.Compare(actual, Value)),
        };
    }

    internal override IEnumerable<string> NamedFields() => [Field];

    internal override IEnumerable<RecordFilter> Conditions() => [this];

    private bool IsOrdered(int? order) => Operator switch
    {
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        _ => order >= 0,
    };
}
