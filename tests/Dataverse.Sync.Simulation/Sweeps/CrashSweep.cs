namespace Dataverse.Sync.Simulation;

/// <summary>Short histories with every single thing that can cut a run short, at every call of every run: nothing is left to chance.</summary>
internal static class CrashSweep
{
    private static readonly FaultKind[] Interruptions =
    [
        FaultKind.CrashBefore, FaultKind.CrashAfter, FaultKind.CrashInFlight, FaultKind.CancelBefore, FaultKind.CancelAfter, FaultKind.AnswerLost, FaultKind.TakenOver,
    ];

    private static readonly FaultKind[] OfWrites =
    [
        FaultKind.RequestDelayed, FaultKind.PartlyDelayed, FaultKind.AllOrNothing, FaultKind.PartialBatch, FaultKind.Rejected, FaultKind.VersionMismatch, FaultKind.Doubled,
    ];

    private static readonly FaultKind[] OfReads = [FaultKind.EmptyAnswer, FaultKind.PartialAnswer, FaultKind.Unreachable];

    private static readonly FaultKind[] OfCommits = [FaultKind.StoreUnavailable];

    private static readonly FaultKind[] Crashes = [FaultKind.CrashBefore, FaultKind.CrashAfter];

    /// <summary>All variants of all histories.</summary>
    /// <param name="keepsFile">Whether the couplings are kept in an SQLite file. There a history takes a hundred times as long, so only crashes after writes and around commits are tried.</param>
    public static IEnumerable<History> Variants(bool keepsFile) => keepsFile
        ? ShortHistories.All.Select(history => history with { Settings = history.Settings with { KeepsFile = true } })
            .SelectMany(history => Singles(history, [FaultKind.CrashAfter], FaultPlace.Write).Concat(Singles(history, Crashes, FaultPlace.Commit)))
        : ShortHistories.Combinations.Concat(ShortHistories.All.SelectMany(Singles)).Concat(ShortHistories.Shortest.SelectMany(Pairs));

    private static IEnumerable<History> Singles(History history) => Singles(history, OfWrites, FaultPlace.Write)
        .Concat(Singles(history, OfReads, FaultPlace.Read))
        .Concat(Singles(history, OfCommits, FaultPlace.Commit))
        .Concat(Singles(history, Interruptions, FaultPlace.Call));

    private static IEnumerable<History> Singles(History history, FaultKind[] kinds, FaultPlace place)
    {
        for (var index = 0; index < history.Steps.Count; index++)
        {
            if (history.Steps[index] is EngineStep)
            {
                foreach (var call in Enumerable.Range(1, CallsOf(history, index, place)))
                {
                    foreach (var kind in kinds)
                    {
                        yield return With(history, index, new Fault(call, kind) { Place = place });
                    }
                }
            }
        }
    }

    // The run is cut short, and the run that completes it is cut short as well.
    private static IEnumerable<History> Pairs(History history)
    {
        var last = history.Steps.Count - 1;
        foreach (var first in Singles(history, Crashes, FaultPlace.Call).Where(variant => ((EngineStep)variant.Steps[last]).Faults.Faults.Count > 0))
        {
            var repeated = first with { Steps = [.. first.Steps, new Wait(TimeSpan.FromMinutes(15)), new Run(SyncJobKind.Modified)] };
            foreach (var second in Enumerable.Range(1, CallsOf(repeated, last + 2, FaultPlace.Call)))
            {
                yield return With(repeated, last + 2, new Fault(second, Crashes[second % Crashes.Length]));
            }
        }
    }

    private static History With(History history, int index, Fault fault) =>
        history with { Steps = [.. history.Steps.Take(index), ((EngineStep)history.Steps[index]) with { Faults = new([fault]) }, .. history.Steps.Skip(index + 1)] };

    // Plays the history up to the step and counts the calls that the step makes when nothing goes wrong.
    private static int CallsOf(History history, int index, FaultPlace place)
    {
        using var world = new World(history.Seed, history.Settings with { KeepsFile = false });
        foreach (var step in history.Steps.Take(index + 1))
        {
            step.PerformAsync(world, world.Companies[0]).AsTask().GetAwaiter().GetResult();
        }

        return world.ProcessOf(world.Companies[0]).CountOf(place);
    }
}
