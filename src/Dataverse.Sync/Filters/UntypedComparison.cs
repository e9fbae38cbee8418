namespace Dataverse.Sync;

/// <summary>
/// A filter that compares a field with a value that was written in a filter text and has the type of the field. Created
/// by <see cref="RecordFilter.Parse(string)"/>.
/// </summary>
/// <remarks>
/// An engine replaces it by typed comparisons before the filter reaches a connector, and validates the value against
/// the schema. Without a schema, <see cref="Matches"/> reads the value as the kind that the record contains; the label
/// of an option is then compared as a text.
/// </remarks>
public sealed record UntypedComparison : RecordFilter
{
    internal UntypedComparison(string field, ComparisonOperator comparison, string text)
    {
        Field = field;
        Operator = comparison;
        Text = text;
    }

    /// <summary>The name of the field.</summary>
    public string Field { get; }

    /// <summary>How the field is compared; neither for a start nor for a part of a text.</summary>
    public ComparisonOperator Operator { get; }

    /// <summary>The value as it was written, without quotes.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override bool Matches(TableRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var actual = record[Field];
        var kind = actual.IsBlank ? FieldValueKind.Text : actual.Kind;
        return WrittenValue.Compare(Field, Operator, Text, kind) is { } typed
            ? typed.Matches(record)
            : Operator == ComparisonOperator.NotEqual;
    }

    internal override IEnumerable<string> NamedFields() => [Field];

    internal override IEnumerable<RecordFilter> Conditions() => [this];
}
