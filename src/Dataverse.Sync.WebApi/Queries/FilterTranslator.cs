using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Translates filters to the service's language, never to one that lets fewer records pass.</summary>
/// <remarks>
/// The engine evaluates the filter again, so what cannot be said exactly is left out. That concerns texts above all: the service's
/// collation may find two texts equal that differ in an accent, which is harmless for "equal" and wrong for "not equal". A blank
/// makes any comparison but the one with null fail, also a negated one; so negations are moved down to the comparisons.
/// </remarks>
internal sealed class FilterTranslator(TableMetadata table)
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

    private static string Join(List<string> said, string word) => said.Count == 1 ? said[0] : $"({string.Join(word, said)})";

    private string? Compare(string field, Func<Column, string?> say) =>
        table.Columns.TryGetValue(field, out var column) ? say(column) : null;

    private string? Compare(FieldComparison comparison, bool holds) => Compare(comparison.Field, column =>
    {
        var comparesBlank = comparison.Value.IsBlank;
        if (!comparesBlank && !LiteralOf.Fits(column, comparison.Value))
        {
            return null;
        }

        return column.Type == FieldType.Text && !comparesBlank
            ? CompareText(column, comparison, holds)
            : CompareValue(column, comparison, holds);
    });

    private static string? CompareText(Column column, FieldComparison comparison, bool holds) => (comparison.Operator, holds) switch
    {
        (ComparisonOperator.Equal, true) => $"{column.WireName} eq {LiteralOf.Value(column, comparison.Value)}",
        (ComparisonOperator.NotEqual, false) => $"{column.WireName} eq {LiteralOf.Value(column, comparison.Value)}",
        (ComparisonOperator.StartsWith, true) => $"startswith({column.WireName},{LiteralOf.Pattern(comparison.Value)})",
        (ComparisonOperator.Contains, true) => $"contains({column.WireName},{LiteralOf.Pattern(comparison.Value)})",
        _ => null,
    };

    private static string? CompareValue(Column column, FieldComparison comparison, bool holds)
    {
        var literal = comparison.Value.IsBlank ? "null" : LiteralOf.Value(column, comparison.Value);
        var (word, passesBlank) = (comparison.Operator, holds) switch
        {
            (ComparisonOperator.Equal, true) or (ComparisonOperator.NotEqual, false) => ("eq", false),
            (ComparisonOperator.NotEqual, true) or (ComparisonOperator.Equal, false) => ("ne", !comparison.Value.IsBlank),
            (ComparisonOperator.Less, true) => ("lt", false),
            (ComparisonOperator.Less, false) => ("ge", true),
            (ComparisonOperator.LessOrEqual, true) => ("le", false),
            (ComparisonOperator.LessOrEqual, false) => ("gt", true),
            (ComparisonOperator.Greater, true) => ("gt", false),
            (ComparisonOperator.Greater, false) => ("le", true),
            (ComparisonOperator.GreaterOrEqual, true) => ("ge", false),
            (ComparisonOperator.GreaterOrEqual, false) => ("lt", true),
            _ => (string.Empty, false),
        };
        var hasOrder = column.Type is FieldType.Integer or FieldType.Choice or FieldType.Decimal or FieldType.Date or FieldType.DateTime;
        if (word.Length == 0 || (word is not ("eq" or "ne") && !hasOrder))
        {
            return null;
        }

        var said = $"{column.WireName} {word} {literal}";
        return passesBlank ? $"({said} or {column.WireName} eq null)" : said;
    }
}
