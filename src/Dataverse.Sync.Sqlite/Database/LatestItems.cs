using System.Buffers;

namespace Dataverse.Sync.Sqlite;

/// <summary>Finds the last of several items with the same id, which counts in a commit.</summary>
internal static class LatestItems
{
    /// <summary>Returns the last item of each id. Usually no id repeats, and the items are returned as they are.</summary>
    public static IReadOnlyCollection<T> Of<T>(IReadOnlyList<T> items, Func<T, Guid> idOf)
    {
        if (!HasRepeated(items, idOf))
        {
            return items;
        }

        var last = new Dictionary<Guid, T>(items.Count);
        foreach (var item in items)
        {
            last[idOf(item)] = item;
        }

        return last.Values;
    }

    private static bool HasRepeated<T>(IReadOnlyList<T> items, Func<T, Guid> idOf)
    {
        // Sorting ids in a rented array allocates nothing, as a set of them would.
        var rented = ArrayPool<Guid>.Shared.Rent(items.Count);
        try
        {
            var ids = rented.AsSpan(0, items.Count);
            for (var index = 0; index < ids.Length; index++)
            {
                ids[index] = idOf(items[index]);
            }

            ids.Sort();
            for (var index = 1; index < ids.Length; index++)
            {
                if (ids[index] == ids[index - 1])
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            ArrayPool<Guid>.Shared.Return(rented);
        }
    }
}
