namespace Dataverse.Sync.Execution;

/// <summary>
/// The records that are excluded from the rest of a run, because an earlier write is uncertain or their partner may be
/// deleted.
/// </summary>
internal sealed class HeldRecords
{
    private readonly HashSet<RecordKey> held = [];
    private readonly HashSet<RecordKey> matched = [];

    public void Hold(RecordKey record) => held.Add(record);

    /// <summary>
    /// Excludes a record that matches one that failed. It fails as well, if the run meets it and it has no partner,
    /// because nothing else remembers it.
    /// </summary>
    public void HoldMatch(RecordKey record) => matched.Add(record);

    /// <summary>Whether a record is excluded for either reason.</summary>
    public bool Contains(RecordKey record) => IsHeld(record) || IsMatch(record);

    public bool IsHeld(RecordKey record) => held.Contains(record);

    public bool IsMatch(RecordKey record) => matched.Contains(record);
}
