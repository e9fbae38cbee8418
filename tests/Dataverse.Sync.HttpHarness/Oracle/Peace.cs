namespace Dataverse.Sync.HttpHarness;

/// <summary>The end of a history: nothing disturbs the engine any more, and everything must come right.</summary>
internal sealed class Peace(World world, EditLog log, EngineRuns runs, Operator person)
{
    private static readonly SyncRunOptions Thorough = new()
    {
        AllowsMassDeletion = true,
        AllowsMassBlanking = true,
        RetriesAllFailures = true,
    };

    public async Task<IReadOnlyList<string>> CheckAsync()
    {
        world.Trace("--- peace");
        await runs.ResumeAllAsync();

        // A renewal of a lease that a dead process began must not be carried out at a later time.
        await world.CloseDeadProcessesAsync();
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await world.Line.DeliverLateAsync();
        runs.Restart();
        runs.MustSucceed = true;
        await ModifiedAsync();
        if (await new DeletionVerdict(world, log, runs).ReachAsync() is { Count: > 0 } forgotten)
        {
            return forgotten;
        }

        await FullAsync();
        if (await person.SettleAsync())
        {
            await ConvergeAsync();
        }

        var violations = await new Verdict(world, log, runs, person).ReachAsync();
        if (violations.Count > 0)
        {
            return violations;
        }

        if (await person.ResolveAllAsync())
        {
            await ConvergeAsync();
            violations = await new Verdict(world, log, runs, person).ReachAsync();
        }

        return [.. violations, .. await IdleAsync()];
    }

    private async Task ModifiedAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            await runs.ModifiedAsync(Thorough);
            world.Clock.Advance(TimeSpan.FromHours(1));
        }
    }

    private async Task ConvergeAsync()
    {
        await ModifiedAsync();
        await FullAsync();
    }

    private async Task FullAsync()
    {
        await runs.FullAsync(Thorough);
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        await runs.FullAsync(Thorough);
        await runs.ModifiedAsync(Thorough);
    }

    private async Task<IReadOnlyList<string>> IdleAsync()
    {
        world.Clock.Advance(TimeSpan.FromMinutes(20));
        await runs.ModifiedAsync(new());
        world.Line.ResetCounters();
        await runs.ModifiedAsync(new());
        if (runs.HasSkipped || (await Statements.ReadAsync(runs.Current.Engine, [])).Failures.Count > 0)
        {
            // A record that fails is tried again, and one that is skipped may be, so the run is not idle.
            return [];
        }

        // The newest records are read again, which takes several requests if pages are small.
        var violations = new List<string>();
        if (world.Scenario.PageSize >= 100 && world.Line.Requests > 2 * world.Mappings.Count)
        {
            violations.Add($"An idle run sent {world.Line.Requests} requests for {world.Mappings.Count} mappings:\n{world.Line.Counted}");
        }

        await runs.FullAsync(new());
        if (world.Line.Writes > 0)
        {
            violations.Add($"Idle runs sent {world.Line.Writes} writes:\n{world.Line.Counted}");
        }

        return violations;
    }
}
