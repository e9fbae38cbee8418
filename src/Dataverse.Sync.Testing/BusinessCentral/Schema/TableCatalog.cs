namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The tables of an emulator, by name, and the OData model of each route.</summary>
internal sealed class TableCatalog
{
    private readonly Dictionary<string, PageSchema> tables;
    private readonly Dictionary<string, RouteModel> routes;

    public TableCatalog(IEnumerable<BusinessCentralTableDefinition> definitions)
    {
        tables = definitions.Select(definition => new PageSchema(definition))
            .ToDictionary(table => table.Name, StringComparer.Ordinal);
        routes = tables.Values.GroupBy(table => table.Route, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key, group => new RouteModel(group.Key, [.. group], this[PageNames.Companies]),
                StringComparer.Ordinal);
    }

    public IEnumerable<PageSchema> Tables => tables.Values;

    public PageSchema this[string name] => tables[name];

    /// <summary>Finds a table by its unique name or, if that is not ambiguous, by the name of its entity set.</summary>
    public PageSchema? Find(string name)
    {
        if (tables.TryGetValue(name, out var table))
        {
            return table;
        }

        var candidates = tables.Values.Where(candidate => candidate.Set == name).Take(2).ToArray();
        return candidates.Length == 1 ? candidates[0] : null;
    }

    public RouteModel? FindRoute(string route) => routes.GetValueOrDefault(route);
}
