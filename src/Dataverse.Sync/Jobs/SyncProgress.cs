namespace Dataverse.Sync;

/// <summary>The progress of a run.</summary>
/// <param name="Mapping">The name of the mapping.</param>
/// <param name="Stage">The current stage of the run.</param>
/// <param name="RecordsRead">The number of records read from the change feeds or by id so far.</param>
/// <param name="Counters">What happened to the records so far.</param>
public sealed record SyncProgress(string Mapping, SyncStage Stage, long RecordsRead, SyncCounters Counters);
