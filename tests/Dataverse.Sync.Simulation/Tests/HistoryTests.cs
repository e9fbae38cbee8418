namespace Dataverse.Sync.Simulation.Tests;

/// <summary>The ordinary portion of random histories; the command line plays as many as anybody wants.</summary>
public sealed class HistoryTests
{
    private const int Histories = 20_000;

    [Fact]
    public void Every_invariant_holds_in_every_history()
    {
        using var output = new StringWriter();

        var exitCode = new SimulationCommand(output).Run(["--histories", $"{Histories}", "--seed", "1"]);

        exitCode.Should().Be(0, output.ToString());
    }

    [Fact]
    public void I12_The_same_seed_tells_the_same_story_call_by_call() =>
        _ = Parallel.For(1, 151, seed => Tell(seed).Should().Equal(Tell(seed)));

    [Fact]
    public void Different_seeds_tell_different_stories() =>
        Enumerable.Range(1, 100).Select(seed => HistoryGenerator.Create(seed).ToString()).Should().OnlyHaveUniqueItems();

    [Fact]
    public void Histories_meet_every_fault_and_every_step()
    {
        var steps = Enumerable.Range(1, 2_000).SelectMany(seed => HistoryGenerator.Create(seed).Steps).ToList();

        steps.OfType<EngineStep>().SelectMany(step => step.Faults.Faults).Select(fault => fault.Kind).Distinct().Should().BeEquivalentTo(Enum.GetValues<FaultKind>());
        steps.Select(step => step.GetType()).Distinct().Should().BeEquivalentTo(
            typeof(HistoryStep).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(HistoryStep))));
    }

    private static List<string> Tell(int seed)
    {
        var calls = new List<string>();
        _ = HistoryRunner.Run(HistoryGenerator.Create(seed), calls.Add);
        return calls;
    }
}
