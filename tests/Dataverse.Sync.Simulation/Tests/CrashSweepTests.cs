using Xunit.Abstractions;

namespace Dataverse.Sync.Simulation.Tests;

/// <summary>Nothing is left to chance: every interruption at every call of short histories.</summary>
public sealed class CrashSweepTests(ITestOutputHelper output)
{
    // One of so many, unless all are asked for. Not a divisor of how many kinds of faults a call is tried with, so that the kinds take turns.
    private const int Share = 11;

    private static bool TriesAll => Environment.GetEnvironmentVariable("DATAVERSE_SYNC_SWEEP") == "all";

    /// <summary>Tries one of eleven variants; with <c>DATAVERSE_SYNC_SWEEP=all</c>, all of them.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_cut_short_at_any_call_is_completed_by_the_next_one(bool keepsFile)
    {
        var variants = CrashSweep.Variants(keepsFile).ToList();
        var tried = variants.Where((_, index) => TriesAll || index % Share == 0).ToList();

        var violations = tried.AsParallel().Select(history => HistoryRunner.Run(history) is { } violation ? $"{violation.Message}{Environment.NewLine}{history}" : null).OfType<string>().ToList();

        output.WriteLine($"{tried.Count} of {variants.Count} variants");
        violations.Should().BeEmpty();
        variants.Should().HaveCountGreaterThan(keepsFile ? 300 : 20_000);
    }
}
