namespace Dataverse.Sync.Execution;

/// <summary>Finds the integration tables that two scopes of one store must not use both.</summary>
internal sealed class TableShares
{
    private readonly Dictionary<string, string> conflicts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RegisteredTable> tables;

    /// <param name="own">The entry of the scope.</param>
    /// <param name="others">The entries of other scopes of the same integration system.</param>
    /// <param name="catalog">The mappings of the engine.</param>
    public TableShares(RegisteredScope own, IReadOnlyList<RegisteredScope> others, CompiledCatalog catalog)
    {
        var used = catalog.ByName.Values.Where(mapping => !mapping.Mapping.IsSharedByCompanies).ToList();
        var names = used.Select(TableOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        tables = [.. own.Tables.Where(table => !names.Contains(table.Name))];
        foreach (var mapping in used)
        {
            var table = new RegisteredTable(TableOf(mapping), mapping.Claim?.Write.Value.ToString());
            var rival = others.FirstOrDefault(other => other.Tables.Any(theirs => Collide(table, theirs)));
            if (rival is not null)
            {
                var isClaimed = rival.Tables.Any(theirs => theirs.Company == table.Company && table.Company is not null);
                conflicts[mapping.Name] = ScopeErrors.TableInUse(mapping.Name, table.Name, rival.Name, isClaimed);
            }
            else if (!tables.Contains(table))
            {
                tables.Add(table);
            }
        }
    }

    /// <summary>The tables of the scope, without those that are refused.</summary>
    public IReadOnlyList<RegisteredTable> Tables => tables;

    /// <exception cref="SyncConfigurationException">Another scope uses the table of the mapping.</exception>
    public void Require(string mapping)
    {
        if (conflicts.TryGetValue(mapping, out var problem))
        {
            throw new SyncConfigurationException([problem]);
        }
    }

    /// <summary>The reasons why mappings are refused.</summary>
    public IEnumerable<string> Problems => conflicts.Values;

    private static string TableOf(CompiledMapping mapping) => mapping.Schema(SyncSide.Integration).Name;

    private static bool Collide(RegisteredTable ours, RegisteredTable theirs) =>
        string.Equals(ours.Name, theirs.Name, StringComparison.OrdinalIgnoreCase)
        && (ours.Company is null || theirs.Company is null || ours.Company == theirs.Company);
}
