namespace Dataverse.Sync.Execution;

/// <summary>A record at the start of the steps: read from one side, with its coupling if it has one.</summary>
internal sealed class Candidate(SyncSide source, TableRecord record, Coupling? coupling)
{
    /// <summary>The side of the record.</summary>
    public SyncSide Source { get; } = source;

    public TableRecord Record { get; } = record;

    /// <summary>The coupling of the record, or null if it has none.</summary>
    public Coupling? Coupling { get; } = coupling;

    public RecordKey Key => new(Source, Record.Id);

    /// <summary>The record on its side, and none on the other.</summary>
    public Sides<TableRecord?> Seen => Sides.From<TableRecord?>(Source, Record, null);
}
