namespace Dataverse.Sync.Simulation;

/// <summary>Plays histories.</summary>
internal static class HistoryRunner
{
    /// <summary>Plays a history to its end and checks every invariant; answers what was violated, or null.</summary>
    /// <remarks>Nothing in a simulated world ever waits, so the whole history is played on the caller's thread.</remarks>
    public static InvariantViolationException? Run(History history, Action<string>? trace = null) => RunAsync(history, trace).GetAwaiter().GetResult();

    private static async Task<InvariantViolationException?> RunAsync(History history, Action<string>? trace)
    {
        using var world = new World(history.Seed, history.Settings) { Trace = trace };
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

    private static async Task PlayAsync(World world, History history)
    {
        for (var index = 0; index < history.Steps.Count; index++)
        {
            var step = history.Steps[index];
            world.Trace?.Invoke($"  {index + 1}. {step}");
            await step.PerformAsync(world, world.Companies[step.Company % world.Companies.Count]);
        }
    }
}
