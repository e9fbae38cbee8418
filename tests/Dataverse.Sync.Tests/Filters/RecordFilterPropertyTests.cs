using CsCheck;

namespace Dataverse.Sync.Tests;

public sealed class RecordFilterPropertyTests
{
    private static readonly RecordLayout Layout = new("account", ["a", "b"]);

    private static readonly Gen<TableRecord> Records =
        Gen.Select(Values.Few, Values.Few, (a, b) => new TableRecord(Layout, Guid.Empty, [a, b]));

    private static readonly Gen<string> Names = Gen.Bool.Select(first => first ? "a" : "b");

    private static readonly Gen<RecordFilter> Leaves = Gen.OneOf(
        Gen.Select(Names, Gen.Enum<ComparisonOperator>(), Values.Few, Comparison),
        Gen.Select(Names, name => RecordFilter.RefersTo(name, "account")));

    private static readonly Gen<RecordFilter> Filters = Gen.Recursive<RecordFilter>((depth, inner) => depth > 3
        ? Leaves
        : Gen.OneOf(
            Leaves,
            inner.Select(filter => filter.Not()),
            inner.Array[0, 3].Select(filters => RecordFilter.All(filters)),
            inner.Array[0, 3].Select(filters => RecordFilter.Any(filters))));

    [Fact]
    public void Not_is_the_opposite_and_twice_nothing() => Gen.Select(Filters, Records).Sample((filter, record) =>
        filter.Not().Matches(record) == !filter.Matches(record) && filter.Not().Not().Matches(record) == filter.Matches(record));

    [Fact]
    public void Not_of_all_is_any_of_not_and_the_other_way_round() => Gen.Select(Filters.Array[0, 4], Records).Sample((filters, record) =>
    {
        RecordFilter[] opposites = [.. filters.Select(filter => filter.Not())];
        return RecordFilter.All(filters).Not().Matches(record) == RecordFilter.Any(opposites).Matches(record)
            && RecordFilter.Any(filters).Not().Matches(record) == RecordFilter.All(opposites).Matches(record);
    });

    [Fact]
    public void And_and_or_are_those_of_logic() => Gen.Select(Filters, Filters, Records).Sample((left, right, record) =>
        left.And(right).Matches(record) == (left.Matches(record) && right.Matches(record))
        && left.Or(right).Matches(record) == (left.Matches(record) || right.Matches(record)));

    [Fact]
    public void Equal_and_not_equal_exclude_each_other() => Gen.Select(Values.Few, Records).Sample((value, record) =>
        RecordFilter.Equal("a", value).Matches(record) != RecordFilter.NotEqual("a", value).Matches(record));

    [Fact]
    public void Field_equals_the_value_that_it_holds() =>
        Records.Sample(record => RecordFilter.Equal("a", record["a"]).Matches(record));

    [Fact]
    public void Orders_are_consistent_with_each_other() => Gen.Select(
        Values.Few.Where(value => !value.IsBlank),
        Records).Sample((value, record) =>
    {
        bool Holds(ComparisonOperator comparison) => RecordFilter.Compare("a", comparison, value).Matches(record);
        var less = Holds(ComparisonOperator.Less);
        var greater = Holds(ComparisonOperator.Greater);
        var isOrdered = Holds(ComparisonOperator.LessOrEqual) || Holds(ComparisonOperator.GreaterOrEqual);
        return !(less && greater)
            && Holds(ComparisonOperator.LessOrEqual) == (less || (isOrdered && Holds(ComparisonOperator.Equal)))
            && Holds(ComparisonOperator.GreaterOrEqual) == (greater || (isOrdered && Holds(ComparisonOperator.Equal)));
    });

    private static RecordFilter Comparison(string field, ComparisonOperator comparison, FieldValue value) => comparison switch
    {
        ComparisonOperator.Equal or ComparisonOperator.NotEqual => RecordFilter.Compare(field, comparison, value),
        ComparisonOperator.StartsWith or ComparisonOperator.Contains => RecordFilter.Compare(
            field,
            comparison,
            FieldValue.Text(value.ToString() + "a")),
        _ => RecordFilter.Compare(field, comparison, value.IsBlank ? FieldValue.Integer(0) : value),
    };
}
