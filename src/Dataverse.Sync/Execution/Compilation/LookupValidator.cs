namespace Dataverse.Sync.Execution;

/// <summary>Checks the tables and fields to which lookups refer outside the two tables of their own mapping.</summary>
internal static class LookupValidator
{
    public static async Task<IReadOnlyList<string>> FindProblemsAsync(
        Sides<ITableConnector> systems,
        SchemaReader schemas,
        IIntegrationTableMapping mapping,
        IReadOnlyList<IIntegrationTableMapping> mappings,
        CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var byName = mappings.GroupBy(mapping => mapping.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        foreach (var field in mapping.Fields.Where(field => field is { IsEnabled: true, Lookup: not null }))
        {
            foreach (var needed in FieldsOf(field.Lookup!, byName))
            {
                if (!await ExistsAsync(schemas, needed, cancellationToken).ConfigureAwait(false))
                {
                    problems.Add($"Mapping '{mapping.Name}': the lookup of field mapping '{field.Key}' needs field "
                        + $"'{needed.Field}' of table '{needed.Table}' of {systems[needed.Side].Name}, "
                        + "which does not exist.");
                }
            }

            if (field.Lookup!.Link is { } link
                && await schemas.ReadAsync(SyncSide.Local, link.Table, cancellationToken).ConfigureAwait(false) is { } table)
            {
                problems.AddRange(ProblemsOf(link, table).Select(problem =>
                    $"Mapping '{mapping.Name}': the lookup of field mapping '{field.Key}' {problem}"));
            }
        }

        return problems;
    }

    private static IEnumerable<string> ProblemsOf(LookupLink link, TableSchema table)
    {
        foreach (var problem in link.Filter is { } filter ? FilterProblems.Of(filter, table) : [])
        {
            yield return $"filters link table '{table.Name}' by {problem}";
        }

        if (table.Find(link.TargetField) is { Type: not (FieldType.Identifier or FieldType.Reference) } target)
        {
            yield return $"leads to field '{target.Name}' of link table '{table.Name}', which contains no id of a record.";
        }

        var filterFields = FilterBinding.FieldsOf(link.Filter, table);
        foreach (var field in filterFields.Where(field => table.Find(field) is null))
        {
            yield return $"filters link table '{table.Name}' by field '{field}', which does not exist.";
        }

        var read = link.AllFields(filterFields).Select(table.Find).OfType<FieldSchema>();
        foreach (var field in read.Where(field => !field.CanRead))
        {
            yield return $"needs field '{field.Name}' of link table '{table.Name}', which cannot be read.";
        }
    }

    /// <summary>Returns the schemas of the tables through which the lookups of a valid mapping lead.</summary>
    public static async Task<IReadOnlyDictionary<string, TableSchema>> ReadLinkTablesAsync(
        SchemaReader schemas, IIntegrationTableMapping mapping, CancellationToken cancellationToken)
    {
        var links = new Dictionary<string, TableSchema>(StringComparer.Ordinal);
        foreach (var field in mapping.Fields.Where(field => field is { IsEnabled: true, Lookup.Link: not null }))
        {
            var name = field.Lookup!.Link!.Table;
            var schema = await schemas.ReadAsync(SyncSide.Local, name, cancellationToken).ConfigureAwait(false);
            if (schema is not null)
            {
                links[name] = schema;
            }
        }

        return links;
    }

    private static async Task<bool> ExistsAsync(
        SchemaReader schemas, NeededField needed, CancellationToken cancellationToken)
    {
        var schema = await schemas.ReadAsync(needed.Side, needed.Table, cancellationToken).ConfigureAwait(false);
        return schema?.Find(needed.Field) is not null;
    }

    private static IEnumerable<NeededField> FieldsOf(
        LookupMapping lookup, Dictionary<string, IIntegrationTableMapping> mappings)
    {
        var targets = lookup.Via.Where(mappings.ContainsKey).Select(via => mappings[via]).ToList();
        if (lookup.LocalKey is { } key)
        {
            foreach (var target in targets)
            {
                yield return new(SyncSide.Local, target.LocalTable, key);
            }
        }

        if (lookup.Link is { } link)
        {
            foreach (var field in link.AllFields(filterFields: []))
            {
                yield return new(SyncSide.Local, link.Table, field);
            }
        }

        if (lookup.Blank is { } blank)
        {
            yield return new(SyncSide.Local, blank.LocalTable, blank.LocalField);
            foreach (var target in targets)
            {
                yield return new(SyncSide.Integration, target.IntegrationTable, blank.IntegrationField);
            }
        }
    }

    private readonly record struct NeededField(SyncSide Side, string Table, string Field);
}
