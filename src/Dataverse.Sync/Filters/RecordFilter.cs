namespace Dataverse.Sync;

/// <summary>Which records of a table take part: comparisons of fields with values, joined by and, or, and not.</summary>
/// <remarks>
/// Immutable. A connector translates the tree to its system's language where it can; <see cref="Matches"/> evaluates it in memory,
/// which is what decides. Comparing a field with a blank is the way to ask whether it is empty.
/// </remarks>
public abstract record RecordFilter
{
    private protected RecordFilter()
    {
    }

    /// <summary>A comparison of a field with a value.</summary>
    /// <exception cref="ArgumentException">A blank is compared by order or by part, or a part of something other than text.</exception>
    public static RecordFilter Compare(string field, ComparisonOperator comparison, FieldValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        if (value.IsBlank && comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual))
        {
            throw new ArgumentException($"Field '{field}' can only be compared with a blank for equality.", nameof(value));
        }

        if (comparison is ComparisonOperator.StartsWith or ComparisonOperator.Contains && value.Kind != FieldValueKind.Text)
        {
            throw new ArgumentException($"A part of field '{field}' can only be compared with a text.", nameof(value));
        }

        return new FieldComparison(field, comparison, value);
    }

    /// <summary>The field holds the value.</summary>
    public static RecordFilter Equal(string field, FieldValue value) => Compare(field, ComparisonOperator.Equal, value);

    /// <summary>The field holds something else.</summary>
    public static RecordFilter NotEqual(string field, FieldValue value) => Compare(field, ComparisonOperator.NotEqual, value);

    /// <summary>The field is empty.</summary>
    public static RecordFilter IsBlank(string field) => Equal(field, FieldValue.Blank);

    /// <summary>The field is not empty.</summary>
    public static RecordFilter IsNotBlank(string field) => NotEqual(field, FieldValue.Blank);

    /// <summary>A reference points into a table.</summary>
    public static RecordFilter RefersTo(string field, string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentException.ThrowIfNullOrEmpty(table);
        return new ReferenceTarget(field, table);
    }

    /// <summary>All of the filters hold; none at all holds always.</summary>
    public static RecordFilter All(params IReadOnlyList<RecordFilter> filters) => new AllOf(filters);

    /// <summary>One of the filters holds; none at all never holds.</summary>
    public static RecordFilter Any(params IReadOnlyList<RecordFilter> filters) => new AnyOf(filters);

    /// <summary>This filter and another hold.</summary>
    public RecordFilter And(RecordFilter other) => new AllOf([this, other]);

    /// <summary>This filter or another holds.</summary>
    public RecordFilter Or(RecordFilter other) => new AnyOf([this, other]);

    /// <summary>This filter does not hold.</summary>
    public RecordFilter Not() => new Negation(this);

    /// <summary>Whether a record passes.</summary>
    /// <exception cref="KeyNotFoundException">The record carries no field that the filter names.</exception>
    public abstract bool Matches(TableRecord record);

    /// <summary>The names of the fields that the filter reads, each once.</summary>
    public IReadOnlyList<string> Fields => [.. NamedFields().Distinct(StringComparer.Ordinal)];

    internal abstract IEnumerable<string> NamedFields();
}
