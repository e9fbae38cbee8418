namespace Dataverse.Sync.Shared;

/// <summary>Translates filters to the service's language, never to one that lets fewer records pass.</summary>
/// <remarks>
/// The engine evaluates the filter again, so what cannot be said exactly is left out. Sets of options are: the service
/// compares them with operators of their own. That concerns texts above all:
/// the service's collation may find two texts equal that differ in an accent, which is harmless for "equal" and wrong
/// for "not equal". A blank makes any comparison but the one with null fail, also a negated one; so negations are moved
/// down to the comparisons.
/// </remarks>
/// <typeparam name="T">What is said in the language.</typeparam>
internal sealed class FilterRules<T>(TableDefinition table, IFilterLanguage<T> language)
    where T : class
{
    /// <summary>The filter in the language; null when nothing of it can be said.</summary>
    public T? Translate(RecordFilter? filter) => filter is null ? null : Translate(filter, holds: true);

    private T? Translate(RecordFilter filter, bool holds) => filter switch
    {
        AllOf all => holds ? Both(all.Filters, holds) : Either(all.Filters, holds),
        AnyOf any => holds ? Either(any.Filters, holds) : Both(any.Filters, holds),
        Negation negation => Translate(negation.Filter, !holds),
        ReferenceTarget target => holds ? Compare(target.Field, IsNotBlank) : null,
        FieldComparison comparison => Compare(comparison, holds),
        TextPattern pattern => holds ? Compare(pattern.Field, column => Match(column, pattern)) : null,
        _ => null,
    };

    // What cannot be said is true of every record: it drops out of an "and".
    private T? Both(IReadOnlyList<RecordFilter> filters, bool holds)
    {
        var said = filters.Select(filter => Translate(filter, holds)).OfType<T>().ToList();
        return said.Count == 0 ? null : Join(said, language.And);
    }

    // And it makes a whole "or" true. An "or" of nothing never holds, which is left to the engine.
    private T? Either(IReadOnlyList<RecordFilter> filters, bool holds)
    {
        var said = filters.Select(filter => Translate(filter, holds)).ToList();
        return said.Count == 0 || said.Contains(null) ? null : Join(said!, language.Or);
    }

    private static T Join(List<T> said, Func<IReadOnlyList<T>, T> join) => said.Count == 1 ? said[0] : join(said);

    private T? IsNotBlank(Column column) => language.Compare(column, ComparisonOperator.NotEqual, FieldValue.Blank);

    private T? Compare(string field, Func<Column, T?> say) =>
        table.Columns.TryGetValue(field, out var column) ? say(column) : null;

    private T? Compare(FieldComparison comparison, bool holds) => Compare(comparison.Field, column =>
    {
        var comparesBlank = comparison.Value.IsBlank;
        if (column.Type == FieldType.MultiChoice && !comparesBlank)
        {
            return null;
        }

        if (!comparesBlank && !ColumnValues.Accepts(column.Type, comparison.Value))
        {
            return null;
        }

        return column.Type == FieldType.Text && !comparesBlank
            ? CompareText(column, comparison, holds)
            : CompareValue(column, comparison, holds);
    });

    // Whether the service tells accents apart depends on its collation.
    private T? Match(Column column, TextPattern pattern) =>
        column.Type == FieldType.Text && !pattern.IgnoresAccents && LikePattern.Of(pattern.Parts) is { } like
            ? language.Like(column, like)
            : null;

    private T? CompareText(Column column, FieldComparison comparison, bool holds) => (comparison.Operator, holds) switch
    {
        (ComparisonOperator.Equal, true) or (ComparisonOperator.NotEqual, false) =>
            language.Compare(column, ComparisonOperator.Equal, comparison.Value),
        (ComparisonOperator.StartsWith or ComparisonOperator.Contains, true) =>
            language.Compare(column, comparison.Operator, comparison.Value),
        _ => null,
    };

    private T? CompareValue(Column column, FieldComparison comparison, bool holds)
    {
        var isBlank = comparison.Value.IsBlank;
        if (OperatorOf(comparison.Operator, holds) is not { } comparer || (!comparer.IsEquality && !HasOrder(column.Type)))
        {
            return null;
        }

        var said = language.Compare(column, comparer.Operator, comparison.Value);
        if (said is null || !comparer.PassesBlank || (isBlank && comparer.IsEquality))
        {
            return said;
        }

        var blank = language.Compare(column, ComparisonOperator.Equal, FieldValue.Blank);
        return blank is null ? null : language.Or([said, blank]);
    }

    // A negated comparison becomes the opposite one, which in the engine also holds for a blank.
    private static Comparer? OperatorOf(ComparisonOperator comparison, bool holds) => comparison switch
    {
        ComparisonOperator.Equal => holds ? new(ComparisonOperator.Equal, false) : new(ComparisonOperator.NotEqual, true),
        ComparisonOperator.NotEqual => holds ? new(ComparisonOperator.NotEqual, true) : new(ComparisonOperator.Equal, false),
        ComparisonOperator.Less => holds ? new(ComparisonOperator.Less, false) : new(ComparisonOperator.GreaterOrEqual, true),
        ComparisonOperator.LessOrEqual => holds ? new(ComparisonOperator.LessOrEqual, false) : new(ComparisonOperator.Greater, true),
        ComparisonOperator.Greater => holds ? new(ComparisonOperator.Greater, false) : new(ComparisonOperator.LessOrEqual, true),
        ComparisonOperator.GreaterOrEqual => holds ? new(ComparisonOperator.GreaterOrEqual, false) : new(ComparisonOperator.Less, true),
        _ => null,
    };

    private static bool HasOrder(FieldType type) =>
        type is FieldType.Integer or FieldType.Choice or FieldType.Decimal or FieldType.Duration or FieldType.Date
            or FieldType.DateTime;

    private sealed record Comparer(ComparisonOperator Operator, bool PassesBlank)
    {
        public bool IsEquality => Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
    }
}
