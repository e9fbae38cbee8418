namespace Dataverse.Sync.PostgreSql;

/// <summary>
/// Leaves one row per key: PostgreSQL refuses a statement that would insert a row and then update the same row.
/// </summary>
internal static class Latest
{
    /// <summary>Returns the last row of each key, in the place of the first.</summary>
    public static List<T> Of<T, TKey>(IReadOnlyCollection<T> rows, Func<T, TKey> keyOf)
        where TKey : notnull
    {
        var latest = new List<T>(rows.Count);
        var places = new Dictionary<TKey, int>(rows.Count);
        foreach (var row in rows)
        {
            if (places.TryAdd(keyOf(row), latest.Count))
            {
                latest.Add(row);
            }
            else
            {
                latest[places[keyOf(row)]] = row;
            }
        }

        return latest;
    }
}
