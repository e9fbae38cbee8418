namespace Dataverse.Sync.HttpHarness;

/// <summary>
/// The verdict on deletions in Dataverse after runs of modified records: change tracking reports them, so no full run is
/// needed.
/// </summary>
internal sealed class DeletionVerdict(World world, EditLog log, EngineRuns runs)
{
    public async Task<IReadOnlyList<string>> ReachAsync()
    {
        if (world.Scenario is not { ChangeTracking: WebApi.ChangeTracking.Automatic, DeletionPolicy: DeletionPolicy.DeleteRecord })
        {
            return [];
        }

        var screen = Screen.Read(world);
        var statements = await Statements.ReadAsync(runs.Current.Engine, runs.KeptBefore);
        return
        [
            .. from deletion in log.Deletions
               where deletion is { Side: SyncSide.Integration, WasCoupled: true }
               from survivor in screen.Of(deletion.Marker, SyncSide.Local)
               where !statements.OpenDeletions.Contains(survivor.Id)
                   && !statements.Failures.Any(failure => failure.Record.Id == survivor.Id || failure.Record.Id == deletion.Id)
                   && !screen.Of(deletion.Marker, SyncSide.Integration).Any()
               select $"The deletion of {deletion.Marker} in Dataverse did not arrive with runs of modified records.",
        ];
    }
}
