namespace Dataverse.Sync.Execution;

/// <summary>
/// The records that are excluded from the rest of a run, because an earlier write is uncertain or their partner may be
/// deleted.
/// </summary>
internal sealed class HeldRecords
{
    private readonly HashSet<RecordKey> held = [];

    public void Hold(RecordKey record) => held.Add(record);

    public bool Contains(RecordKey record) => held.Contains(record);
}
