namespace Dataverse.Sync.HttpHarness;

/// <summary>Compares what both systems hold with what users did, from the log of their edits alone.</summary>
internal sealed class Verdict(World world, EditLog log, EngineRuns runs, Operator person)
{
    public async Task<IReadOnlyList<string>> ReachAsync()
    {
        var screen = Screen.Read(world);
        var statements = await Statements.ReadAsync(runs.Current.Engine, runs.KeptBefore);
        foreach (var failure in statements.Failures)
        {
            world.Trace($"failure: {failure.Record} {failure.State} {failure.Error.Code}: {failure.Error.Message}");
        }

        return
        [
            .. log.Markers.SelectMany(
                marker => new RecordVerdict(world, log, marker, screen, statements, person.Restored).Reach()),
        ];
    }
}
