namespace Dataverse.Sync;

/// <summary>What <see cref="ISyncRule.DeletionDetectedAsync"/> is told.</summary>
/// <param name="Run">The run.</param>
/// <param name="DeletedSide">The side whose record was deleted.</param>
/// <param name="Coupling">The coupling of the pair.</param>
/// <param name="Survivor">The record that is left.</param>
/// <param name="SurvivorChanged">Whether it was changed since the last synchronization.</param>
public sealed record DeletionDetectedArguments(SyncRunContext Run, SyncSide DeletedSide, Coupling Coupling, TableRecord Survivor, bool SurvivorChanged);
