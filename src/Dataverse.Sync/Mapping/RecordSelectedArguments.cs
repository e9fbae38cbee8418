namespace Dataverse.Sync;

/// <summary>What <see cref="ISyncRule.RecordSelectedAsync"/> is told.</summary>
/// <param name="Run">The run.</param>
/// <param name="Side">The side that the record is from.</param>
/// <param name="Record">The record.</param>
/// <param name="Coupling">Its coupling; null when it is not coupled.</param>
public sealed record RecordSelectedArguments(SyncRunContext Run, SyncSide Side, TableRecord Record, Coupling? Coupling);
