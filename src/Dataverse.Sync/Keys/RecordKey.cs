namespace Dataverse.Sync;

/// <summary>Identifies a record within a mapping: its side and its id.</summary>
/// <param name="Side">The side of the record.</param>
/// <param name="Id">The id of the record on that side.</param>
public readonly record struct RecordKey(SyncSide Side, Guid Id);
