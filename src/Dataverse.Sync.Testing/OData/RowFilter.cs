using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A filter ready to be applied to rows. Immutable and thread-safe.</summary>
internal sealed class RowFilter<TRow>
    where TRow : class
{
    private readonly string variable;
    private readonly Func<RowScope<TRow>, object?> test;

    private RowFilter(string variable, Func<RowScope<TRow>, object?> test, int conditions)
    {
        this.variable = variable;
        this.test = test;
        Conditions = conditions;
    }

    /// <summary>Number of comparisons and predicate functions in the filter, for servers that limit it.</summary>
    public int Conditions { get; }

    /// <exception cref="ODataQueryException">The filter uses something the dialect does not have.</exception>
    public static RowFilter<TRow> Compile(
        FilterClause clause, IDictionary<string, SingleValueNode> aliases, IRowAccessor<TRow> accessor,
        QueryDialect dialect)
    {
        var compiler = new ExpressionCompiler<TRow>(accessor, dialect, aliases);
        var test = compiler.Compile(clause.Expression);
        return new RowFilter<TRow>(clause.RangeVariable.Name, test, compiler.Conditions);
    }

    /// <summary>The filter of a query, or null when it has none.</summary>
    public static RowFilter<TRow>? Compile(ODataQuery query, IRowAccessor<TRow> accessor, QueryDialect dialect) =>
        query.Filter is null ? null : Compile(query.Filter, query.Aliases, accessor, dialect);

    public bool Matches(TRow row) => test(new RowScope<TRow>(variable, row, null)) is true;
}
