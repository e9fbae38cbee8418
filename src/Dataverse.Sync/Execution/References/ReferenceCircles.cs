namespace Dataverse.Sync.Execution;

/// <summary>Finds records that wait for each other in a circle. Pure.</summary>
internal static class ReferenceCircles
{
    /// <summary>Returns the records of all circles. A record that only leads to a circle is in none.</summary>
    /// <param name="waits">Each record that waits, with one for which it waits.</param>
    public static HashSet<RecordInMapping> Find(
        IReadOnlyCollection<(RecordInMapping Waiter, RecordInMapping Awaited)> waits)
    {
        var left = waits.Select(wait => wait.Waiter).ToHashSet();
        var awaited = waits.ToLookup(wait => wait.Waiter, wait => wait.Awaited);
        var waiters = waits.ToLookup(wait => wait.Awaited, wait => wait.Waiter);
        RemoveEnds(left, awaited, waiters);
        RemoveEnds(left, waiters, awaited);
        return left;
    }

    // Removes the records from which nothing leads on, then those that led only to them, and so on.
    private static void RemoveEnds(
        HashSet<RecordInMapping> left,
        ILookup<RecordInMapping, RecordInMapping> onward,
        ILookup<RecordInMapping, RecordInMapping> back)
    {
        var ways = left.ToDictionary(record => record, record => onward[record].Count(left.Contains));
        var ends = new Queue<RecordInMapping>(left.Where(record => ways[record] == 0));
        while (ends.TryDequeue(out var end))
        {
            _ = left.Remove(end);
            foreach (var before in back[end].Where(left.Contains))
            {
                if (--ways[before] == 0)
                {
                    ends.Enqueue(before);
                }
            }
        }
    }
}
