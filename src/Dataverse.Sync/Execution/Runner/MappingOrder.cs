namespace Dataverse.Sync.Execution;

/// <summary>Tells which mappings of a run of all mappings must wait for which others. Pure.</summary>
/// <remarks>
/// Of two mappings that must not run at once, the later one in the order of the catalog waits, so that the order of these
/// two is that of a run without concurrency.
/// </remarks>
internal sealed class MappingOrder
{
    private readonly List<int>[] awaited;

    public MappingOrder(CompiledCatalog catalog)
    {
        var mappings = catalog.InOrder;
        var prerequisites = mappings
            .Select(mapping => mapping.Prerequisites.ToHashSet(StringComparer.OrdinalIgnoreCase)).ToArray();
        awaited = [.. Enumerable.Range(0, mappings.Count)
            .Select(later => Enumerable.Range(0, later).Where(earlier => MustWait(earlier, later)).ToList())];

        bool MustWait(int earlier, int later) =>
            prerequisites[later].Contains(mappings[earlier].Name)
            || prerequisites[earlier].Contains(mappings[later].Name)
            || catalog.CircleOf(mappings[later].Name).Contains(mappings[earlier].Name)
            || MappingLinks.AreOverSameTables(mappings[earlier].Mapping, mappings[later].Mapping);
    }

    /// <summary>Whether the mappings for which one must wait are done.</summary>
    /// <param name="place">The place of the mapping in the order of the catalog.</param>
    /// <param name="isDone">Whether the mapping at a place is done.</param>
    public bool IsReady(int place, Func<int, bool> isDone) => awaited[place].TrueForAll(earlier => isDone(earlier));
}
