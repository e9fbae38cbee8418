using CsCheck;

namespace Dataverse.Sync.Conformance;

/// <summary>Generates filters by code and by text over the fields of a table.</summary>
public sealed class FilterGenerator(params IReadOnlyList<FilterColumn> columns)
{
    /// <summary>Texts that are awkward for a query, a filter text, or an address.</summary>
    public static IReadOnlyList<string> AwkwardTexts { get; } =
        ["o'[%]_", "J & V", "a+b", "x|y", "(z)", "1..2", "Ö", "東京", "Oslo eq 'x' or 1", "<>5", "#?/\\"];

    /// <summary>Expressions with patterns, of which some match awkward texts.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
        ["O*", "*LO", "*s?o*", "@*o*", "@oslo", "'J & *'", "*'&'*", "*+?", "*[%]*", "*_*", "?", "*", "<>*s*", "'*''*'", "o??%*", "*東?", "@?"];

    /// <summary>Other filters that are mixed with the generated ones.</summary>
    public IReadOnlyList<RecordFilter> More { get; init; } = [];

    /// <summary>Filters of up to three levels.</summary>
    public Gen<RecordFilter> Filters => Nested(3);

    private Gen<RecordFilter> Leaves
    {
        get
        {
            var leaves = columns.SelectMany(column => new[] { Typed(column), Text(column) });
            return Gen.OneOf([.. leaves, .. More.Select(Gen.Const)]);
        }
    }

    private Gen<RecordFilter> Nested(int depth) => depth == 0 ? Leaves : Gen.OneOf(
        Leaves,
        Nested(depth - 1).Select(filter => filter.Not()),
        Nested(depth - 1).Array[0, 3].Select(filters => RecordFilter.All(filters)),
        Nested(depth - 1).Array[0, 3].Select(filters => RecordFilter.Any(filters)));

    private static Gen<RecordFilter> Typed(FilterColumn column) =>
        Gen.Select(Gen.Enum<ComparisonOperator>(), Gen.Int[0, column.Values.Count - 1]).Select((comparison, index) =>
        {
            var value = column.Values[index];
            var isPart = comparison is ComparisonOperator.StartsWith or ComparisonOperator.Contains;
            var isEquality = comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
            return value.IsBlank && !isEquality ? RecordFilter.IsBlank(column.Name)
                : isPart && value.Kind != FieldValueKind.Text ? RecordFilter.NotEqual(column.Name, value)
                : RecordFilter.Compare(column.Name, comparison, value);
        });

    private static Gen<RecordFilter> Text(FilterColumn column) =>
        Expression(column, 2).Select(expression => RecordFilter.Parse(column.Name, expression));

    private static Gen<string> Expression(FilterColumn column, int depth)
    {
        var values = Gen.Int[0, column.Values.Count - 1].Select(index => Quote(column.Values[index]));
        var filled = values.Where(value => value != "''");
        var condition = Gen.OneOf(
            Gen.Select(OneOf("", "=", "<>"), values, string.Concat),
            Gen.Select(OneOf("<", "<=", ">", ">=", ".."), filled, string.Concat),
            filled.Select(value => value + ".."),
            Gen.Select(filled, filled).Select((from, to) => $"{from}..{to}"),
            column.Expressions.Count == 0 ? values : OneOf([.. column.Expressions]));
        return depth == 0 ? condition : Gen.OneOf(
            condition,
            Gen.Select(Expression(column, depth - 1), OneOf("|", "&", " | "), Expression(column, depth - 1), string.Concat),
            Expression(column, depth - 1).Select(inner => $"({inner})"));
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static string Quote(FieldValue value)
    {
        var escaped = value.ToString().Replace("'", "''", StringComparison.Ordinal)
            .Replace("?", "[?]", StringComparison.Ordinal).Replace("*", "[*]", StringComparison.Ordinal);
        return $"'{escaped}'";
    }
}
