namespace Dataverse.Sync;

/// <summary>What <see cref="ISyncRule.ConflictDetectedAsync"/> is told.</summary>
/// <param name="Run">The run.</param>
/// <param name="Field">The field mapping.</param>
/// <param name="Local">The local record.</param>
/// <param name="Integration">The integration record.</param>
public sealed record ConflictDetectedArguments(SyncRunContext Run, IFieldMapping Field, TableRecord Local, TableRecord Integration);
