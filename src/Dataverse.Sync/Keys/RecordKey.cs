namespace Dataverse.Sync;

/// <summary>A record of one side.</summary>
/// <param name="Side">The side.</param>
/// <param name="Id">The record's id on that side.</param>
public readonly record struct RecordKey(SyncSide Side, Guid Id);
