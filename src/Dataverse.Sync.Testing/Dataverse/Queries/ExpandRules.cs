namespace Dataverse.Sync.Testing.Emulation;

/// <summary>What the service evaluates of <c>$select</c> and <c>$expand</c>; the rest is refused at every level.</summary>
internal static class ExpandRules
{
    /// <summary>Checks a query with all its expansions, and counts these.</summary>
    /// <exception cref="DataverseErrorException">An option, a path, or a column is none that the service evaluates.</exception>
    public static int Count(DataverseSchema schema, DataverseTableSchema table, ODataQuery query)
    {
        CheckSelection(table, query);
        return query.Expand.Sum(expand => 1 + Count(schema, table, expand));
    }

    private static int Count(DataverseSchema schema, DataverseTableSchema table, ODataExpand expand)
    {
        var isSingle = table.TryGetNavigation(expand.Navigation, out var lookup);
        CheckOptions(expand, isSingle);
        if (lookup is { Tables.Count: > 1 })
        {
            // An owner is a principal, which has no columns but its id, and no lookups.
            return 0;
        }

        var target = lookup?.Tables[0]
            ?? schema.CollectionsOf(table.LogicalName).Single(collection => collection.Name == expand.Navigation).Table;
        return Count(schema, schema[target], expand.Query);
    }

    // A lookup is selected by its own property; its navigation property can only be expanded.
    private static void CheckSelection(DataverseTableSchema table, ODataQuery query)
    {
        bool IsColumn(string name) =>
            table.TryGetByProperty(name, out _) || (table.Definition.IsPrincipal && name == SystemColumns.Owner);

        // The parser adds what is expanded by reference to what is selected.
        bool IsReference(string name) => query.Expand.Any(expand => expand.ReferenceOnly && expand.Navigation == name);
        var wrong = query.SelectsPath
            ? query.Select?[0]
            : query.Select?.FirstOrDefault(name => !IsColumn(name) && !IsReference(name));
        if (wrong is not null)
        {
            throw DataverseErrors.BadQuery(
                $"Could not find a property named '{wrong}' on type '{DataverseSchema.Namespace}.{table.LogicalName}'.");
        }
    }

    private static void CheckOptions(ODataExpand expand, bool isSingle)
    {
        var option = expand.Unread
            ?? (expand.Query.Skip is null ? null : "$skip")
            ?? (expand.Query.Count ? "$count" : null)
            ?? (isSingle && expand.Query.Filter is not null ? "$filter" : null)
            ?? (isSingle && expand.Query.OrderBy is not null ? "$orderby" : null)
            ?? (isSingle && expand.Query.Top is not null ? "$top" : null)
            ?? (!isSingle && expand.ReferenceOnly ? "$ref" : null);
        if (option is not null)
        {
            throw DataverseErrors.BadQuery($"The option {option} is not supported in the expansion of '{expand.Navigation}'.");
        }
    }
}
