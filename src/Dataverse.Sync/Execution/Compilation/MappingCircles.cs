namespace Dataverse.Sync.Execution;

/// <summary>Finds the mappings whose lookups lead round in a circle. Pure.</summary>
internal static class MappingCircles
{
    /// <summary>
    /// Returns, for each mapping, the mappings from which lookups lead to it and to which its own lookups lead, itself
    /// included; none if no lookup leads back to it.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Find(IReadOnlyList<CheckedMapping> mappings)
    {
        var lookups = mappings.ToDictionary(
            mapping => mapping.Name,
            mapping => mapping.IsValid ? mapping.Lookups.ToList() : [],
            StringComparer.OrdinalIgnoreCase);
        var reached = mappings.ToDictionary(
            mapping => mapping.Name, mapping => ReachedFrom(mapping.Name, lookups), StringComparer.OrdinalIgnoreCase);
        return mappings.ToDictionary(
            mapping => mapping.Name,
            mapping => (IReadOnlySet<string>)mappings.Select(other => other.Name)
                .Where(other => reached[mapping.Name].Contains(other) && reached[other].Contains(mapping.Name))
                .ToHashSet(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
    }

    private static HashSet<string> ReachedFrom(string start, Dictionary<string, List<string>> lookups)
    {
        var reached = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var name))
        {
            foreach (var next in lookups.GetValueOrDefault(name) ?? [])
            {
                if (reached.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return reached;
    }
}
