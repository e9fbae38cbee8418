namespace Dataverse.Sync.Architecture.Tests;

/// <summary>Folders that refer to each other in a circle.</summary>
/// <param name="Edges">The references from each folder to the next, and from the last to the first.</param>
internal sealed record FolderCircle(IReadOnlyList<FolderEdge> Edges)
{
    /// <summary>The edge with the fewest references, which probably has the wrong direction.</summary>
    public FolderEdge Weakest { get; } = Edges.MinBy(edge => edge.References.Count)!;

    /// <summary>Finds circles, the shortest first. Without the weakest edge of each, no circle is left.</summary>
    public static IReadOnlyList<FolderCircle> Find(IEnumerable<FolderEdge> edges)
    {
        var remaining = edges
            .OrderBy(edge => edge.From, StringComparer.Ordinal).ThenBy(edge => edge.To, StringComparer.Ordinal)
            .ToList();
        var circles = new List<FolderCircle>();
        while (Shortest(remaining) is { } circle)
        {
            circles.Add(circle);
            _ = remaining.Remove(circle.Weakest);
        }

        return circles;
    }

    public override string ToString() =>
        $"{string.Join(" → ", Edges.Select(edge => edge.From).Append(Edges[0].From))}, closed by {Weakest}";

    private static FolderCircle? Shortest(List<FolderEdge> edges)
    {
        var next = edges.ToLookup(edge => edge.From);
        return edges.Select(edge => Through(edge, next)).OfType<FolderCircle>().MinBy(circle => circle.Edges.Count);
    }

    // The shortest circle that contains an edge: a breadth-first search for the way back.
    private static FolderCircle? Through(FolderEdge first, ILookup<string, FolderEdge> next)
    {
        var reached = new HashSet<string> { first.To };
        var paths = new Queue<IReadOnlyList<FolderEdge>>([[first]]);
        while (paths.TryDequeue(out var path))
        {
            if (path[^1].To == first.From)
            {
                return new(path);
            }

            foreach (var edge in next[path[^1].To].Where(edge => reached.Add(edge.To)))
            {
                paths.Enqueue([.. path, edge]);
            }
        }

        return null;
    }
}
