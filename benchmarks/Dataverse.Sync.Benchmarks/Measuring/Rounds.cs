using System.Diagnostics;

namespace Dataverse.Sync.Benchmarks.Measuring;

/// <summary>Runs a baseline and what is compared with it by turns, so that whatever slows the machine down meets both.</summary>
internal static class Rounds
{
    /// <summary>Times both, in milliseconds a round.</summary>
    /// <param name="warmups">Rounds of each that do not count.</param>
    /// <param name="rounds">Rounds of each that count; an odd number has a true median.</param>
    /// <param name="baseline">A round of the baseline.</param>
    /// <param name="ours">A round of what is compared with it; answers its own time, so that it can leave preparations out.</param>
    public static async Task<(Spread Baseline, Spread Ours)> AlternateAsync(int warmups, int rounds, Func<Task<TimeSpan>> baseline, Func<Task<TimeSpan>> ours)
    {
        var (baselines, own) = (new List<double>(), new List<double>());
        for (var round = -warmups; round < rounds; round++)
        {
            var (first, second) = (await baseline(), await ours());
            if (round >= 0)
            {
                baselines.Add(first.TotalMilliseconds);
                own.Add(second.TotalMilliseconds);
            }
        }

        return (Spread.Of(baselines), Spread.Of(own));
    }

    /// <summary>Times an action after the garbage of whatever came before it is gone.</summary>
    public static async Task<TimeSpan> TimeAsync(Func<Task> action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>The bytes that all threads together allocate while an action runs.</summary>
    public static async Task<long> AllocationsAsync(Func<Task> action)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await action();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
