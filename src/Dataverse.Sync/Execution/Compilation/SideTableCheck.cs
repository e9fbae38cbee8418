namespace Dataverse.Sync.Execution;

/// <summary>Checks the tables that options and table look-ups read.</summary>
internal sealed class SideTableCheck(Sides<ITableConnector> systems, SchemaReader schemas, IIntegrationTableMapping mapping)
{
    public async Task<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var field in mapping.Fields.Where(field => field.IsEnabled))
        {
            foreach (var (side, name, fields) in field.SideTables())
            {
                var table = await schemas.ReadAsync(side, name, cancellationToken).ConfigureAwait(false);
                problems.AddRange(ProblemsOf(side, name, fields, table)
                    .Select(problem => $"Mapping '{mapping.Name}': field mapping '{field.Key}' {problem}"));
                if (table is not null && field.TableLookup?.Filter is { } filter)
                {
                    problems.AddRange(FilterProblems.Of(filter, table).Select(problem =>
                        $"Mapping '{mapping.Name}': field mapping '{field.Key}' filters table '{name}' by {problem}"));
                }
            }
        }

        return problems;
    }

    /// <summary>Returns the schemas of the tables of each side that the fields of a valid mapping read.</summary>
    public async Task<Sides<IReadOnlyDictionary<string, TableSchema>>> ReadAsync(CancellationToken cancellationToken)
    {
        var links = await LookupValidator.ReadLinkTablesAsync(schemas, mapping, cancellationToken).ConfigureAwait(false);
        var found = new Sides<Dictionary<string, TableSchema>>(new(links), []);
        foreach (var (side, name, _) in mapping.Fields.Where(field => field.IsEnabled).SelectMany(field => field.SideTables()))
        {
            if (await schemas.ReadAsync(side, name, cancellationToken).ConfigureAwait(false) is { } table)
            {
                found[side][name] = table;
            }
        }

        return new(found.Local, found.Integration);
    }

    private IEnumerable<string> ProblemsOf(SyncSide side, string name, IReadOnlyList<string> fields, TableSchema? table)
    {
        if (table is null)
        {
            return [$"reads table '{name}' of {systems[side].Name}, which does not exist."];
        }

        return fields.Where(field => field != table.KeyField)
            .Select(field => table.Find(field) switch
            {
                null => $"reads field '{field}' of table '{name}' of {systems[side].Name}, which does not exist.",
                { CanRead: false } => $"reads field '{field}' of table '{name}' of {systems[side].Name}, which cannot be read.",
                _ => null,
            })
            .OfType<string>();
    }
}
