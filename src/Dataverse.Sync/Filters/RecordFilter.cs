using System.Runtime.CompilerServices;

namespace Dataverse.Sync;

/// <summary>A condition on the fields of a record: comparisons with values, combined by and, or, and not.</summary>
/// <remarks>
/// Immutable. Filters are equal if they have the same structure. A connector translates a filter to its system's query
/// language as far as it can, to save traffic; <see cref="Matches"/> evaluates it in memory and decides.
/// </remarks>
public abstract partial record RecordFilter
{
    // Every record of a run is filtered. A field of the record would take part in its equality.
    private static readonly ConditionalWeakTable<RecordFilter, string[]> KnownFields = [];

    private protected RecordFilter()
    {
    }

    /// <summary>Creates a filter that compares a field with a value.</summary>
    /// <param name="field">The name of the field on the filter's side.</param>
    /// <param name="comparison">How the field is compared.</param>
    /// <param name="value">
    /// The value. Only <see cref="ComparisonOperator.Equal"/> and <see cref="ComparisonOperator.NotEqual"/> accept a
    /// blank; only texts can be used with <see cref="ComparisonOperator.StartsWith"/> and
    /// <see cref="ComparisonOperator.Contains"/>.
    /// </param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="field"/> is null or empty, or <paramref name="value"/> does not suit
    /// <paramref name="comparison"/>.
    /// </exception>
    public static RecordFilter Compare(string field, ComparisonOperator comparison, FieldValue value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        if (value.IsBlank && comparison is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual))
        {
            throw new ArgumentException(
                $"Field '{field}' can be compared with a blank only for equality.", nameof(value));
        }

        if (comparison is ComparisonOperator.StartsWith or ComparisonOperator.Contains
            && value.Kind != FieldValueKind.Text)
        {
            throw new ArgumentException($"StartsWith and Contains on field '{field}' require a text.", nameof(value));
        }

        return new FieldComparison(field, comparison, value);
    }

    /// <summary>Creates a filter for records in which a field equals a value.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="value">The value.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> is null or empty.</exception>
    public static RecordFilter Equal(string field, FieldValue value) => Compare(field, ComparisonOperator.Equal, value);

    /// <summary>Creates a filter for records in which a field does not equal a value.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="value">The value.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> is null or empty.</exception>
    public static RecordFilter NotEqual(string field, FieldValue value) =>
        Compare(field, ComparisonOperator.NotEqual, value);

    /// <summary>Creates a filter for records in which a field is blank.</summary>
    /// <param name="field">The name of the field.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> is null or empty.</exception>
    public static RecordFilter IsBlank(string field) => Equal(field, FieldValue.Blank);

    /// <summary>Creates a filter for records in which a field is not blank.</summary>
    /// <param name="field">The name of the field.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> is null or empty.</exception>
    public static RecordFilter IsNotBlank(string field) => NotEqual(field, FieldValue.Blank);

    /// <summary>Creates a filter for records in which a reference points to a table.</summary>
    /// <param name="field">The name of the reference field.</param>
    /// <param name="table">The name of the table, case-sensitive.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException">A name is null or empty.</exception>
    public static RecordFilter RefersTo(string field, string table)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentException.ThrowIfNullOrEmpty(table);
        return new ReferenceTarget(field, table);
    }

    /// <summary>Creates a filter for records in which a field, as text, matches a pattern.</summary>
    /// <remarks>
    /// Texts are compared without regard to letter case. A pattern that only tells how a text starts, or what it
    /// contains, gives the comparison of that name.
    /// </remarks>
    /// <param name="field">The name of the field.</param>
    /// <param name="pattern">
    /// The pattern. <c>*</c> stands for any text, also none, and <c>?</c> for one character. <c>[*]</c>, <c>[?]</c>,
    /// <c>[@]</c>, and <c>[[]</c> stand for the characters themselves. Null and the empty pattern match blanks.
    /// </param>
    /// <param name="ignoresAccents">Whether letters with accents or other marks match those without.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException"><paramref name="field"/> is null or empty.</exception>
    public static RecordFilter Like(string field, string? pattern, bool ignoresAccents = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        var parts = new PatternParts();
        for (var place = 0; place < pattern?.Length;)
        {
            place = PatternSyntax.Read(pattern, place, parts);
        }

        return Match(field, parts.ToList(), ignoresAccents);
    }

    internal static RecordFilter Match(string field, IReadOnlyList<PatternPart> parts, bool ignoresAccents) =>
        parts.Count == 0 ? IsBlank(field)
        : ignoresAccents ? new TextPattern(field, parts, ignoresAccents)
        : parts switch
        {
            [{ Kind: PatternPartKind.Text } only] => Equal(field, FieldValue.Text(only.Text)),
            [{ Kind: PatternPartKind.Text } start, { Kind: PatternPartKind.AnyText }] =>
                Compare(field, ComparisonOperator.StartsWith, FieldValue.Text(start.Text)),
            [{ Kind: PatternPartKind.AnyText }, { Kind: PatternPartKind.Text } part, { Kind: PatternPartKind.AnyText }] =>
                Compare(field, ComparisonOperator.Contains, FieldValue.Text(part.Text)),
            _ => new TextPattern(field, parts, ignoresAccents),
        };

    /// <summary>Creates a filter for records that pass all of several filters.</summary>
    /// <param name="filters">The filters. Without any, every record passes.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="filters"/> is null.</exception>
    public static RecordFilter All(params IReadOnlyList<RecordFilter> filters) => new AllOf(filters);

    /// <summary>Creates a filter for records that pass at least one of several filters.</summary>
    /// <param name="filters">The filters. Without any, no record passes.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="filters"/> is null.</exception>
    public static RecordFilter Any(params IReadOnlyList<RecordFilter> filters) => new AnyOf(filters);

    /// <summary>Creates a filter for records that pass this filter and another.</summary>
    /// <param name="other">The other filter.</param>
    /// <returns>The filter.</returns>
    public RecordFilter And(RecordFilter other) => new AllOf([this, other]);

    /// <summary>Creates a filter for records that pass this filter or another.</summary>
    /// <param name="other">The other filter.</param>
    /// <returns>The filter.</returns>
    public RecordFilter Or(RecordFilter other) => new AnyOf([this, other]);

    /// <summary>Creates a filter for records that do not pass this filter.</summary>
    /// <returns>The filter.</returns>
    public RecordFilter Not() => new Negation(this);

    /// <summary>Determines whether a record passes the filter.</summary>
    /// <param name="record">A record that carries every field in <see cref="Fields"/>.</param>
    /// <returns>Whether the record passes.</returns>
    /// <exception cref="KeyNotFoundException">The record does not carry a field that the filter reads.</exception>
    public abstract bool Matches(TableRecord record);

    /// <summary>The names of the fields that the filter reads, each once.</summary>
    public IReadOnlyList<string> Fields => KnownFields.GetValue(
        this, static filter => [.. filter.NamedFields().Distinct(StringComparer.Ordinal)]);

    internal abstract IEnumerable<string> NamedFields();

    /// <summary>The conditions on single fields of which the filter consists.</summary>
    internal abstract IEnumerable<RecordFilter> Conditions();
}
