namespace Dataverse.Sync.Execution;

/// <summary>Orders mappings by their dependencies and finds problems of the dependencies.</summary>
internal static class MappingGraph
{
    /// <summary>Orders mappings so that each follows those it depends on. Otherwise the given order is kept.</summary>
    public static IReadOnlyList<IIntegrationTableMapping> InDependencyOrder(
        IReadOnlyList<IIntegrationTableMapping> mappings)
    {
        var byName = mappings.ToDictionary(mapping => mapping.Name, StringComparer.OrdinalIgnoreCase);
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

    /// <summary>Finds duplicate names, dependencies and lookups whose target does not exist, and cycles.</summary>
    public static IEnumerable<string> FindProblems(IReadOnlyList<IIntegrationTableMapping> mappings)
    {
        var names = mappings.GroupBy(mapping => mapping.Name, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var group in names.Where(group => group.Count() > 1))
        {
            yield return $"{group.Count()} mappings are named '{group.Key}'.";
        }

        var known = names.Select(group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var mapping in mappings)
        {
            foreach (var dependency in mapping.Dependencies.Where(dependency => !known.Contains(dependency)))
            {
                yield return $"Mapping '{mapping.Name}': depends on mapping '{dependency}', which does not exist.";
            }

            foreach (var field in mapping.Fields.Where(field => field.IsEnabled && field.Lookup is not null))
            {
                foreach (var via in field.Lookup!.Via.Where(via => !known.Contains(via)))
                {
                    yield return $"Mapping '{mapping.Name}': field mapping '{field.Key}' looks up through mapping "
                        + $"'{via}', which does not exist.";
                }
            }
        }

        if (FindCycle(names.Select(group => group.First())) is { } cycle)
        {
            yield return $"The mappings depend on each other in a circle: {string.Join(" → ", cycle)}.";
        }
    }

    private static List<string>? FindCycle(IEnumerable<IIntegrationTableMapping> mappings)
    {
        var byName = mappings.ToDictionary(mapping => mapping.Name, StringComparer.OrdinalIgnoreCase);
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in byName.Keys)
        {
            if (Walk(name, []) is { } cycle)
            {
                return cycle;
            }
        }

        return null;

        List<string>? Walk(string name, List<string> path)
        {
            var seen = path.FindIndex(step => string.Equals(step, name, StringComparison.OrdinalIgnoreCase));
            if (seen >= 0)
            {
                return [.. path[seen..], name];
            }

            if (done.Contains(name) || !byName.TryGetValue(name, out var mapping))
            {
                return null;
            }

            List<string> extended = [.. path, mapping.Name];
            var cycle = mapping.Dependencies.Select(dependency => Walk(dependency, extended))
                .FirstOrDefault(found => found is not null);
            _ = done.Add(name);
            return cycle;
        }
    }
}
