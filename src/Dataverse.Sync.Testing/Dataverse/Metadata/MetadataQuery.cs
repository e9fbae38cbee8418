namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Parses and evaluates the query options of definitions, which are fewer than those of rows.</summary>
internal static class MetadataQuery
{
    private static readonly QueryDialect Dialect = new()
    {
        Functions = new Dictionary<string, ScalarFunction>(),
        AllowIn = false,
    };

    /// <summary>The nodes that a filter lets through.</summary>
    /// <exception cref="DataverseErrorException">The filter uses what the service does not evaluate for definitions.</exception>
    public static IReadOnlyList<MetadataNode> Filter(IReadOnlyList<MetadataNode> nodes, ODataQuery query)
    {
        try
        {
            return RowFilter<MetadataNode>.Compile(query, new MetadataAccessor(), Dialect) is { } filter
                ? [.. nodes.Where(filter.Matches)]
                : nodes;
        }
        catch (ODataQueryException refusal) when (refusal.Fault is ODataQueryFault.NotSupported)
        {
            throw new DataverseErrorException(
                501, "0x8006088a",
                refusal.Function is { } name
                    ? $"The \"{name}\" function isn't supported for Metadata Entities."
                    : refusal.Message);
        }
    }

    /// <summary>Checks the expansions of a query, at every level.</summary>
    /// <exception cref="DataverseErrorException">An expansion has an option that is not evaluated.</exception>
    public static void CheckExpansions(ODataQuery query)
    {
        if (query.SelectsPath)
        {
            throw DataverseErrors.BadQuery("A path cannot be selected of definitions.");
        }

        foreach (var expand in query.Expand)
        {
            var nested = expand.Query;
            var option = expand.Unread
                ?? (nested.OrderBy is null ? null : "$orderby")
                ?? (nested.Top is null ? null : "$top")
                ?? (nested.Skip is null ? null : "$skip")
                ?? (nested.Count ? "$count" : null)
                ?? (expand.ReferenceOnly ? "$ref" : null);
            if (option is not null)
            {
                throw DataverseErrors.BadQuery($"The query parameter {option} is not supported");
            }

            CheckExpansions(nested);
        }
    }
}
