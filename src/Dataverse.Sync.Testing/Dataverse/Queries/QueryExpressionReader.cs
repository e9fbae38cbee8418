using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads a <c>QueryExpression</c> in JSON: a table, and the rows that its criteria let through.</summary>
internal static class QueryExpressionReader
{
    private const int MaxDepth = 20;

    /// <exception cref="DataverseErrorException">The query is malformed, or asks for what the emulator does not evaluate.</exception>
    /// <exception cref="ODataQueryException">A column does not exist, or a value has another type.</exception>
    public static (DataverseTableSchema Table, Func<DataverseRow, bool> Matches) Read(JsonElement query, QueryScope scope)
    {
        JsonMembers.Check(
            query, "QueryExpression", ["EntityName", "Criteria"], "ColumnSet", "Distinct", "NoLock", "Orders", "PageInfo", "TopCount",
            "LinkEntities", "SubQueryExpression", "DataSource", "QueryHints", "ForceSeek");
        JsonMembers.Refuse(query, "TopCount", "LinkEntities", "SubQueryExpression", "DataSource");
        var name = JsonMembers.Text(query, "EntityName");
        if (!scope.State.Schema.TryGet(name, out var table))
        {
            throw DataverseErrors.UnknownTable(name);
        }

        var reader = new ConditionReader(table, scope);
        return (table, query.TryGetProperty("Criteria", out var criteria) && criteria.ValueKind is not JsonValueKind.Null
            ? Filter(criteria, reader, depth: 0)
            : _ => true);
    }

    private static Func<DataverseRow, bool> Filter(JsonElement filter, ConditionReader reader, int depth)
    {
        JsonMembers.Check(
            filter, "FilterExpression", ["FilterOperator", "Conditions", "Filters"], "IsQuickFindFilter", "FilterHint",
            "AnyAllFilterLinkEntity");
        JsonMembers.Refuse(filter, "IsQuickFindFilter", "AnyAllFilterLinkEntity");
        if (depth > MaxDepth)
        {
            throw DataverseErrors.InvalidArgument("The filters are nested too deeply.");
        }

        Func<DataverseRow, bool>[] tests =
        [
            .. JsonMembers.Items(filter, "Conditions").Select(reader.Read),
            .. JsonMembers.Items(filter, "Filters").Select(nested => Filter(nested, reader, depth + 1)),
        ];
        var any = filter.TryGetProperty("FilterOperator", out var kind) && kind.ValueKind is not JsonValueKind.Null
            && kind.ToString() switch
            {
                "And" => false,
                "Or" => true,
                _ => throw DataverseErrors.BadPayload("'FilterOperator' is neither 'And' nor 'Or'."),
            };
        return any && tests.Length > 0
            ? row => Array.Exists(tests, test => test(row))
            : row => Array.TrueForAll(tests, test => test(row));
    }
}
