namespace Dataverse.Sync;

/// <summary>The arguments of <see cref="ISyncRule.ConflictDetectedAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="Field">The field mapping in conflict.</param>
/// <param name="Local">The local record.</param>
/// <param name="Integration">The integration record.</param>
public sealed record ConflictDetectedArguments(
    SyncRunContext Run, IFieldMapping Field, TableRecord Local, TableRecord Integration);
