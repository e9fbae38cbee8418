namespace Dataverse.Sync.Execution;

/// <summary>
/// The records of a run that failed because a value or a response contradicts the schemas. The definitions of the tables
/// may have changed since the schemas were read.
/// </summary>
internal sealed class SchemaContradictions
{
    private readonly HashSet<RecordKey> records = [];

    public int Count => records.Count;

    public void Note(RecordKey record) => records.Add(record);

    public IReadOnlyCollection<RecordKey> All => records;

    public IEnumerable<IGrouping<SyncSide, Guid>> IdsBySide() =>
        records.GroupBy(record => record.Side, record => record.Id);
}
