namespace Dataverse.Sync.Simulation;

/// <summary>Plays histories.</summary>
internal static class HistoryRunner
{
    /// <summary>Plays a history to its end and checks every invariant; answers what was violated, or null.</summary>
    public static async Task<InvariantViolationException?> RunAsync(History history, Func<TimeProvider, IStoreHome>? home = null, Action<string>? trace = null)
    {
        using var world = NewWorld(history, home, trace);
        try
        {
            await PlayAsync(world, history);
            await Convergence.CheckAsync(world);
            return null;
        }
        catch (InvariantViolationException violation)
        {
            return violation;
        }
        catch (Exception failure)
        {
            return new InvariantViolationException("no surprise", $"{failure.GetType().Name}: {failure.Message}{Environment.NewLine}{failure.StackTrace}");
        }
    }

    public static World NewWorld(History history, Func<TimeProvider, IStoreHome>? home = null, Action<string>? trace = null) =>
        new(history.Seed, history.Settings, home ?? (time => new MemoryHome(time))) { Trace = trace };

    public static async Task PlayAsync(World world, History history)
    {
        for (var index = 0; index < history.Steps.Count; index++)
        {
            var step = history.Steps[index];
            world.Trace?.Invoke($"  {index + 1}. {step}");
            await step.PerformAsync(world, world.Companies[step.Company % world.Companies.Count]);
        }
    }
}
