namespace Dataverse.Sync;

/// <summary>The arguments of <see cref="ISyncRule.RecordSelectedAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Side">The side of the record.</param>
/// <param name="Record">The record.</param>
/// <param name="Coupling">The coupling of the record, or null if it is not coupled.</param>
public sealed record RecordSelectedArguments(SyncRunContext Run, SyncSide Side, TableRecord Record, Coupling? Coupling);
