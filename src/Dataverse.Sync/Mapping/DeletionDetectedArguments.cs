namespace Dataverse.Sync;

/// <summary>The arguments of <see cref="ISyncRule.DeletionDetectedAsync"/>.</summary>
/// <param name="Run">The run.</param>
/// <param name="DeletedSide">The side of the deleted record.</param>
/// <param name="Coupling">The coupling of the pair.</param>
/// <param name="Survivor">The remaining record.</param>
/// <param name="SurvivorChanged">
/// Whether a field of the survivor that is synchronized to the other side was changed since the last synchronization.
/// </param>
public sealed record DeletionDetectedArguments(
    SyncRunContext Run, SyncSide DeletedSide, Coupling Coupling, TableRecord Survivor, bool SurvivorChanged);
