namespace Dataverse.Sync.Execution;

/// <summary>The records that a run suspects to be deleted, collected until every change is applied.</summary>
internal sealed class SuspectedDeletions
{
    private readonly Dictionary<RecordKey, bool> suspects = [];

    /// <summary>Adds a record.</summary>
    /// <param name="side">The side on which the record is missing.</param>
    /// <param name="id">The id of the record.</param>
    /// <param name="isReported">Whether the system reported the deletion. Otherwise it must be proved.</param>
    public void Add(SyncSide side, Guid id, bool isReported)
    {
        var key = new RecordKey(side, id);
        suspects[key] = isReported || suspects.GetValueOrDefault(key);
    }

    public bool IsReported(SyncSide side, Guid id) => suspects.GetValueOrDefault(new(side, id));

    public List<Guid> On(SyncSide side, bool reported) =>
        [.. suspects.Where(item => item.Key.Side == side && item.Value == reported).Select(item => item.Key.Id)];
}
