namespace Dataverse.Sync.Execution;

/// <summary>Tells which mappings are over one pair of tables. Such mappings share their links.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class MappingLinks(MappingCatalog catalog)
{
    /// <summary>Returns the names of the other mappings over the tables of a mapping, in a fixed order.</summary>
    public IReadOnlyList<string> OthersOf(string mapping)
    {
        var all = catalog.All;
        var own = all.FirstOrDefault(other => AreSame(other.Name, mapping));
        return own is null
            ? []
            : [.. all.Where(other => !AreSame(other.Name, mapping) && AreOverSameTables(own, other))
                .Select(other => other.Name).Order(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Whether two mappings are over one pair of tables.</summary>
    public static bool AreOverSameTables(IIntegrationTableMapping first, IIntegrationTableMapping second) =>
        AreSame(first.LocalTable, second.LocalTable) && AreSame(first.IntegrationTable, second.IntegrationTable);

    private static bool AreSame(string first, string second) =>
        string.Equals(first, second, StringComparison.OrdinalIgnoreCase);
}
