namespace Dataverse.Sync;

/// <summary>How far a run has come.</summary>
/// <param name="Mapping">The mapping that runs.</param>
/// <param name="Stage">What it is doing.</param>
/// <param name="RecordsRead">How many records the run has read from the change feeds.</param>
/// <param name="Counters">What happened to the records so far.</param>
public sealed record SyncProgress(string Mapping, SyncStage Stage, long RecordsRead, SyncCounters Counters);
