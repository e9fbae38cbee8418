using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Translates filters to the service's language, never to one that lets fewer records pass.</summary>
/// <remarks>
/// The engine evaluates the filter again, so what cannot be said exactly is left out. That concerns texts above all:
/// the service's collation may find two texts equal that differ in an accent, which is harmless for "equal" and wrong
/// for "not equal". A blank makes any comparison but the one with null fail, also a negated one; so negations are moved
/// down to the comparisons.
/// </remarks>
internal sealed class FilterTranslator(TableDefinition table)
{
    private const int MaxLength = 6_000;

    /// <summary>The filter's text before percent-encoding; null when nothing of it can be said.</summary>
    public string? Translate(RecordFilter? filter) =>
        filter is not null && Translate(filter, holds: true) is { } text && text.Length <= MaxLength ? text : null;

    private string? Translate(RecordFilter filter, bool holds) => filter switch
    {
        AllOf all => holds ? Both(all.Filters, holds) : Either(all.Filters, holds),
        AnyOf any => holds ? Either(any.Filters, holds) : Both(any.Filters, holds),
        Negation negation => Translate(negation.Filter, !holds),
        ReferenceTarget target => holds ? Compare(target.Field, column => $"{column.WireName} ne null") : null,
        FieldComparison comparison => Compare(comparison, holds),
        _ => null,
    };

    // What cannot be said is true of every record: it drops out of an "and".
    private string? Both(IReadOnlyList<RecordFilter> filters, bool holds)
    {
        var said = filters.Select(filter => Translate(filter, holds)).OfType<string>().ToList();
        return said.Count == 0 ? null : Join(said, " and ");
    }

    // And it makes a whole "or" true. An "or" of nothing never holds, which is left to the engine.
    private string? Either(IReadOnlyList<RecordFilter> filters, bool holds)
    {
        var said = filters.Select(filter => Translate(filter, holds)).ToList();
        return said.Count == 0 || said.Contains(null) ? null : Join(said!, " or ");
    }

    private static string Join(List<string> said, string word) =>
        said.Count == 1 ? said[0] : $"({string.Join(word, said)})";

    private string? Compare(string field, Func<Column, string?> say) =>
        table.Columns.TryGetValue(field, out var column) ? say(column) : null;

    private string? Compare(FieldComparison comparison, bool holds) => Compare(comparison.Field, column =>
    {
        var comparesBlank = comparison.Value.IsBlank;
        if (!comparesBlank && !FieldWriter.Accepts(column.Type, comparison.Value))
        {
            return null;
        }

        return column.Type == FieldType.Text && !comparesBlank
            ? CompareText(column, comparison, holds)
            : CompareValue(column, comparison, holds);
    });

    private static string? CompareText(Column column, FieldComparison comparison, bool holds) => (comparison.Operator, holds) switch
    {
        (ComparisonOperator.Equal, true) => $"{column.WireName} eq {Literals.Of(column.Type, comparison.Value)}",
        (ComparisonOperator.NotEqual, false) => $"{column.WireName} eq {Literals.Of(column.Type, comparison.Value)}",
        (ComparisonOperator.StartsWith, true) => $"startswith({column.WireName},{Literals.Pattern(comparison.Value)})",
        (ComparisonOperator.Contains, true) => $"contains({column.WireName},{Literals.Pattern(comparison.Value)})",
        _ => null,
    };

    private static string? CompareValue(Column column, FieldComparison comparison, bool holds)
    {
        var isBlank = comparison.Value.IsBlank;
        if (OperatorOf(comparison.Operator, holds) is not { } comparer || (!comparer.IsEquality && !HasOrder(column.Type)))
        {
            return null;
        }

        var said = $"{column.WireName} {comparer.Word} {(isBlank ? "null" : Literals.Of(column.Type, comparison.Value))}";
        return comparer.PassesBlank && !(isBlank && comparer.IsEquality)
            ? $"({said} or {column.WireName} eq null)"
            : said;
    }

    // A negated comparison becomes the opposite one, which in the engine also holds for a blank.
    private static Comparer? OperatorOf(ComparisonOperator comparison, bool holds) => comparison switch
    {
        ComparisonOperator.Equal => holds ? new("eq", false) : new("ne", true),
        ComparisonOperator.NotEqual => holds ? new("ne", true) : new("eq", false),
        ComparisonOperator.Less => holds ? new("lt", false) : new("ge", true),
        ComparisonOperator.LessOrEqual => holds ? new("le", false) : new("gt", true),
        ComparisonOperator.Greater => holds ? new("gt", false) : new("le", true),
        ComparisonOperator.GreaterOrEqual => holds ? new("ge", false) : new("lt", true),
        _ => null,
    };

    private static bool HasOrder(FieldType type) =>
        type is FieldType.Integer or FieldType.Choice or FieldType.Decimal or FieldType.Date or FieldType.DateTime;

    private sealed record Comparer(string Word, bool PassesBlank)
    {
        public bool IsEquality => Word is "eq" or "ne";
    }
}
