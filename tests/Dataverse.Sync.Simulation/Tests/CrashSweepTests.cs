using Xunit.Abstractions;

namespace Dataverse.Sync.Simulation.Tests;

/// <summary>Nothing is left to chance: every interruption at every call of short histories.</summary>
public sealed class CrashSweepTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_cut_short_at_any_call_is_completed_by_the_next_one(bool keepsFile)
    {
        var variants = CrashSweep.Variants(keepsFile).ToList();

        var violations = variants.AsParallel().Select(history => HistoryRunner.Run(history) is { } violation ? $"{violation.Message}{Environment.NewLine}{history}" : null).OfType<string>().ToList();

        output.WriteLine($"{variants.Count} variants");
        violations.Should().BeEmpty();
        variants.Should().HaveCountGreaterThan(keepsFile ? 300 : 15_000);
    }
}
