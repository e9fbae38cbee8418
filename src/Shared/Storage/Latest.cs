using System.Buffers;

namespace Dataverse.Sync.Shared;

/// <summary>
/// Leaves one item per key, because the last of several counts in a commit, and PostgreSQL refuses a statement that would
/// insert a row and then update the same row.
/// </summary>
internal static class Latest
{
    /// <summary>Returns the last item of each id, in the place of the first. Usually no id repeats.</summary>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> items, Func<T, Guid> idOf) =>
        HasRepeated(items, idOf) ? Of<T, Guid>(items, idOf) : items;

    /// <summary>Returns the last item of each key, in the place of the first.</summary>
    public static IReadOnlyList<T> Of<T, TKey>(IReadOnlyCollection<T> items, Func<T, TKey> keyOf)
        where TKey : notnull
    {
        var latest = new List<T>(items.Count);
        var places = new Dictionary<TKey, int>(items.Count);
        foreach (var item in items)
        {
            if (places.TryAdd(keyOf(item), latest.Count))
            {
                latest.Add(item);
            }
            else
            {
                latest[places[keyOf(item)]] = item;
            }
        }

        return latest;
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
