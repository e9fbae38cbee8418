namespace Dataverse.Sync.Execution;

/// <summary>The coupled records of a run that were found merged, and whose couplings are still to be moved.</summary>
internal sealed class MergedPairs
{
    private readonly Dictionary<RecordKey, Guid?> survivors = [];
    private readonly HashSet<RecordKey> awaited = [];

    /// <summary>Adds a merged record.</summary>
    /// <param name="merged">The record.</param>
    /// <param name="survivor">The record into which it was merged, or null if that was deleted.</param>
    public void Note(RecordKey merged, Guid? survivor)
    {
        survivors[merged] = survivor;
        if (survivor is { } id)
        {
            _ = awaited.Add(new(merged.Side, id));
        }
    }

    /// <summary>Whether a record is about to take over a coupling, so that it is not new.</summary>
    public bool IsAwaited(RecordKey record) => awaited.Contains(record);

    /// <summary>Returns the merged records of a side with their survivors, and forgets them.</summary>
    public Dictionary<Guid, Guid?> TakeAll(SyncSide side)
    {
        var taken = survivors.Where(item => item.Key.Side == side).ToDictionary(item => item.Key.Id, item => item.Value);
        foreach (var id in taken.Keys)
        {
            _ = survivors.Remove(new(side, id));
        }

        _ = awaited.RemoveWhere(record => record.Side == side);
        return taken;
    }
}
