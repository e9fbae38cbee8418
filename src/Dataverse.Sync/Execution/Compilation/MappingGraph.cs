namespace Dataverse.Sync.Execution;

/// <summary>Orders mappings by their dependencies and finds problems of the dependencies.</summary>
internal static class MappingGraph
{
    /// <summary>
    /// Orders mappings so that each follows those it depends on, and each name occurs once. Otherwise the given order is
    /// kept.
    /// </summary>
    public static IReadOnlyList<IIntegrationTableMapping> InDependencyOrder(
        IReadOnlyList<IIntegrationTableMapping> mappings)
    {
        var byName = ByName(mappings);
        var ordered = new List<IIntegrationTableMapping>(mappings.Count);
        var visited = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var mapping in mappings)
        {
            Visit(mapping);
        }

        return ordered;

        void Visit(IIntegrationTableMapping mapping)
        {
            if (!visited.Add(mapping.Name))
            {
                return;
            }

            foreach (var dependency in mapping.Dependencies)
            {
                if (byName.TryGetValue(dependency, out var parent))
                {
                    Visit(parent);
                }
            }

            ordered.Add(mapping);
        }
    }

    /// <summary>
    /// Finds what is wrong with a mapping among the others: its name, dependencies and lookups whose target does not
    /// exist, and a circle of dependencies.
    /// </summary>
    public static IEnumerable<string> FindProblems(
        IIntegrationTableMapping mapping, IReadOnlyList<IIntegrationTableMapping> mappings)
    {
        var byName = ByName(mappings);
        var namesakes = mappings.Count(other => AreSame(other.Name, mapping.Name));
        if (namesakes > 1)
        {
            yield return $"{namesakes} mappings are named '{mapping.Name}'.";
        }

        foreach (var dependency in mapping.Dependencies.Where(dependency => !byName.ContainsKey(dependency)))
        {
            yield return $"Mapping '{mapping.Name}': depends on mapping '{dependency}', which does not exist.";
        }

        foreach (var field in mapping.Fields.Where(field => field.IsEnabled && field.Lookup is not null))
        {
            foreach (var via in field.Lookup!.Via.Where(via => !byName.ContainsKey(via)))
            {
                yield return $"Mapping '{mapping.Name}': field mapping '{field.Key}' looks up through mapping "
                    + $"'{via}', which does not exist.";
            }
        }

        if (FindCircle(mapping, byName) is { } circle)
        {
            yield return $"The mappings depend on each other in a circle: {string.Join(" → ", circle)}.";
        }
    }

    private static Dictionary<string, IIntegrationTableMapping> ByName(
        IReadOnlyList<IIntegrationTableMapping> mappings) =>
        mappings.DistinctBy(mapping => mapping.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(mapping => mapping.Name, StringComparer.OrdinalIgnoreCase);

    private static bool AreSame(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    // Every member of a circle names it in the same way, beginning with the name that comes first in the alphabet.
    private static List<string>? FindCircle(
        IIntegrationTableMapping mapping, Dictionary<string, IIntegrationTableMapping> byName)
    {
        var visited = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (WayBack(mapping) is not { } circle)
        {
            return null;
        }

        var first = circle.IndexOf(circle.Min(StringComparer.OrdinalIgnoreCase)!);
        return [.. circle[first..], .. circle[..first], circle[first]];

        List<string>? WayBack(IIntegrationTableMapping from)
        {
            foreach (var dependency in from.Dependencies)
            {
                if (AreSame(dependency, mapping.Name))
                {
                    return [from.Name];
                }

                if (visited.Add(dependency)
                    && byName.TryGetValue(dependency, out var next)
                    && WayBack(next) is { } rest)
                {
                    return [from.Name, .. rest];
                }
            }

            return null;
        }
    }
}
