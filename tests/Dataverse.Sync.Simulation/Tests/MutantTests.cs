using Xunit.Abstractions;

namespace Dataverse.Sync.Simulation.Tests;

/// <summary>A simulation that finds nothing proves nothing: it must find every bug that is planted.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    // One of so many, unless all are asked for. Each has to be compiled with the whole library.
    private const int Share = 15;

    private const int MutantsWithHistory = 76;

    private static bool TriesAll => Environment.GetEnvironmentVariable("DATAVERSE_SYNC_MUTANTS") == "all";

    /// <summary>Tries one of fifteen planted bugs; with <c>DATAVERSE_SYNC_MUTANTS=all</c>, all of them.</summary>
    [Fact]
    public void Planted_bugs_are_caught_by_the_histories_that_are_known_to_catch_them()
    {
        var known = MutantCatalog.All.Where(mutant => mutant.KnownSeed is not null || mutant.HasKnownStory).ToList();
        var tried = known.Where((_, index) => TriesAll || index % Share == 0).ToList();

        var outcomes = new MutantTrial(new()).RunAll(tried, histories: 0, triesKnownSeeds: true);

        foreach (var outcome in outcomes)
        {
            output.WriteLine($"{outcome.Mutant.Name,-26} {outcome.History,6} {outcome.Violation}");
        }

        outcomes.Where(outcome => !outcome.IsCaught).Select(outcome => outcome.Mutant.Name).Should().BeEmpty();
        known.Should().HaveCountGreaterThanOrEqualTo(MutantsWithHistory, "a mutant must not lose its history unnoticed");
    }

    [Fact]
    public void The_canary_dies_at_once() =>
        new MutantTrial(new()).Run(MutantCatalog.Canary, 100).IsCaught.Should().BeTrue();

    [Fact]
    public void Every_mutant_fits_the_sources() =>
        MutantCatalog.All.Where(mutant => !new MutantCompiler().Fits(mutant)).Select(mutant => mutant.Name).Should().BeEmpty("a bug that cannot be planted is not tried any more");

    [Fact]
    public void A_mutant_that_no_longer_fits_the_sources_is_refused()
    {
        var trial = () => new MutantTrial(new()).Run(MutantCatalog.Canary with { Code = "code that was changed" }, 1);

        trial.Should().Throw<InvalidOperationException>().WithMessage("*canary*occur once*");
    }
}
