namespace Dataverse.Sync.Execution;

/// <summary>Checks the tables and fields that lookups lead through, beyond the two tables of their own mapping.</summary>
internal static class LookupValidator
{
    public static async Task<IReadOnlyList<string>> FindProblemsAsync(EngineServices services, IReadOnlyList<IIntegrationTableMapping> mappings, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var byName = mappings.GroupBy(mapping => mapping.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        foreach (var mapping in mappings)
        {
            foreach (var field in mapping.Fields.Where(field => field is { IsEnabled: true, Lookup: not null }))
            {
                foreach (var (connector, table, name) in NamedFields(services, field.Lookup!, byName))
                {
                    var schema = string.IsNullOrEmpty(table) ? null : await connector.GetSchemaAsync(table, cancellationToken).ConfigureAwait(false);
                    if (schema?.Find(name) is null)
                    {
                        problems.Add($"Mapping '{mapping.Name}': the lookup of field mapping '{field.Key}' needs field '{name}' of table '{table}' of {connector.Name}, which does not exist.");
                    }
                }
            }
        }

        return problems;
    }

    private static IEnumerable<(ITableConnector Connector, string Table, string Field)> NamedFields(EngineServices services, LookupMapping lookup, Dictionary<string, IIntegrationTableMapping> mappings)
    {
        var targets = lookup.Via.Where(mappings.ContainsKey).Select(via => mappings[via]).ToList();
        if (lookup.LocalKey is { } key)
        {
            foreach (var target in targets)
            {
                yield return (services.Local, target.LocalTable, key);
            }
        }

        if (lookup.Link is { } link)
        {
            string[] fields = [link.KeyField, link.TargetField, .. link.DiscriminatorField is { } discriminator ? [discriminator] : Array.Empty<string>(), .. link.Filter?.Fields ?? []];
            foreach (var field in fields)
            {
                yield return (services.Local, link.Table, field);
            }
        }

        if (lookup.Blank is { } blank)
        {
            yield return (services.Local, blank.LocalTable, blank.LocalField);
            foreach (var target in targets)
            {
                yield return (services.Integration, target.IntegrationTable, blank.IntegrationField);
            }
        }
    }
}
