namespace Dataverse.Sync.Architecture.Tests;

/// <summary>Folders that refer to each other in a circle.</summary>
/// <param name="Edges">The references from each folder to the next; those of the last lead back to the first folder.</param>
internal sealed record FolderCircle(IReadOnlyList<FolderEdge> Edges)
{
    /// <summary>The references of the circle that are the fewest, and so probably the ones in the wrong direction.</summary>
    public FolderEdge Weakest { get; } = Edges.MinBy(edge => edge.References.Count)!;

    /// <summary>Circles, the shortest first, whose weakest references have to go so that no circle is left.</summary>
    public static IReadOnlyList<FolderCircle> Find(IEnumerable<FolderEdge> edges)
    {
        var remaining = edges.OrderBy(edge => edge.From, StringComparer.Ordinal).ThenBy(edge => edge.To, StringComparer.Ordinal).ToList();
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

    // The shortest circle that an edge is part of, by a search in breadth for the way back.
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
