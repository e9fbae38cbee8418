namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Parses and evaluates queries with the service's dialect and limits.</summary>
internal sealed class QueryEvaluation(DataverseEmulatorOptions options)
{
    private const int MaxExpands = 15;

    private static readonly QueryDialect Dialect = new()
    {
        Strings = StringSemantics.Like,
        Functions = ScalarFunctions.Only("contains", "startswith", "endswith"),
        AllowIn = false,
    };

    /// <exception cref="ODataQueryException">The options are not valid for the table.</exception>
    public static ODataQuery Parse(
        DataverseSchema schema, DataverseTableSchema table, IReadOnlyDictionary<string, string> queryOptions)
    {
        var query = new ODataQueryParser(schema.Model, "$skiptoken", "$deltatoken").Parse(table.SetName, queryOptions);
        return ExpandRules.Count(schema, table, query) <= MaxExpands
            ? query
            : throw DataverseErrors.BadQuery($"The number of $expand items exceeds the limit of {MaxExpands}.");
    }

    /// <summary>Filters and sorts.</summary>
    /// <exception cref="ODataQueryException">The filter or order is outside the dialect.</exception>
    public IEnumerable<DataverseRow> Apply(IEnumerable<DataverseRow> rows, ODataQuery query, QueryScope scope) =>
        Filter(rows, query, scope).Order(Order(query, scope.State));

    /// <exception cref="ODataQueryException">The filter is outside the dialect.</exception>
    public IEnumerable<DataverseRow> Filter(IEnumerable<DataverseRow> rows, ODataQuery query, QueryScope scope)
    {
        if (query.Filter is null)
        {
            return rows;
        }

        var dialect = Dialect with { RowFunctions = QueryFunctionSet.Create(scope) };
        var filter = RowFilter<DataverseRow>.Compile(query.Filter, query.Aliases, new RowAccessor(scope.State), dialect);
        return filter.Conditions <= options.MaxFilterConditions
            ? rows.Where(filter.Matches)
            : throw TooManyConditions();
    }

    /// <summary>The requested order. The primary key decides between equal rows, so that the order is total.</summary>
    public static IComparer<DataverseRow> Order(ODataQuery query, DatabaseState state)
    {
        var order = RowOrder<DataverseRow>.Compile(query, new RowAccessor(state), Dialect);
        return Comparer<DataverseRow>.Create(
            (x, y) => order.Compare(x, y) is var result && result != 0 ? result : x.Id.CompareTo(y.Id));
    }

    /// <summary>The error of the service for a query that it does not support.</summary>
    public static DataverseErrorException Refusal(ODataQueryException exception) => exception.Fault switch
    {
        ODataQueryFault.TooComplex => TooManyConditions(),
        ODataQueryFault.NotSupported => new DataverseErrorException(501, DataverseErrors.QueryError, exception.Message),
        _ => DataverseErrors.BadQuery(exception.Message),
    };

    private static DataverseErrorException TooManyConditions() =>
        new(400, "0x8004430C", "Number of conditions in the query exceeded the maximum limit.");
}
