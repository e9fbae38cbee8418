using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The order that an <c>$orderby</c> asks for, nulls first when ascending. Immutable and thread-safe.
/// </summary>
internal sealed class RowOrder<TRow> : IComparer<TRow>
    where TRow : class
{
    private readonly (Func<RowScope<TRow>, object?> Key, string Variable, bool Descending)[] parts;
    private readonly StringSemantics strings;

    private RowOrder(
        (Func<RowScope<TRow>, object?> Key, string Variable, bool Descending)[] parts, StringSemantics strings)
    {
        this.parts = parts;
        this.strings = strings;
    }

    /// <summary>A query without <c>$orderby</c> gives an order in which all rows are equal.</summary>
    /// <exception cref="ODataQueryException">The order uses something the dialect does not have.</exception>
    public static RowOrder<TRow> Compile(ODataQuery query, IRowAccessor<TRow> accessor, QueryDialect dialect)
    {
        var compiler = new ExpressionCompiler<TRow>(new SortAccessor(accessor), dialect, query.Aliases);
        var parts = new List<(Func<RowScope<TRow>, object?>, string, bool)>();
        for (var clause = query.OrderBy; clause is not null; clause = clause.ThenBy)
        {
            parts.Add(
                (compiler.Compile(
                    clause.Expression), clause.RangeVariable.Name, clause.Direction == OrderByDirection.Descending));
        }

        return new RowOrder<TRow>([.. parts], dialect.Strings);
    }

    public int Compare(TRow? x, TRow? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        foreach (var (key, variable, descending) in parts)
        {
            var left = key(new RowScope<TRow>(variable, x, null));
            var order = ScalarValues.Compare(left, key(new RowScope<TRow>(variable, y, null)), strings);
            if (order != 0)
            {
                return descending ? -order : order;
            }
        }

        return 0;
    }

    private sealed class SortAccessor(IRowAccessor<TRow> inner) : IRowAccessor<TRow>
    {
        public object? Value(TRow row, string property) => inner.SortValue(row, property);

        public TRow? Related(TRow row, string navigation) => inner.Related(row, navigation);
    }
}
