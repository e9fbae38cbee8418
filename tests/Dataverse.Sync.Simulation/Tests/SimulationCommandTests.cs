namespace Dataverse.Sync.Simulation.Tests;

public sealed class SimulationCommandTests
{
    [Fact]
    public void Run_without_failures_ends_with_the_counts_and_code_0()
    {
        var (exitCode, lines) = Run(_ => null, "--histories", "50", "--seed", "7");

        exitCode.Should().Be(0);
        lines[^1].Should().MatchRegex(@"^histories=50 failures=0 seconds=\d+\.\d$");
    }

    [Fact]
    public void Run_with_a_failure_ends_with_code_1_and_names_the_seed_and_the_shortened_history()
    {
        var (exitCode, lines) = Run(history => HasDeletion(history) ? new("I0", "A deletion.") : null, "--histories", "20", "--seed", "100");

        var failing = Enumerable.Range(100, 20).Count(seed => HasDeletion(HistoryGenerator.Create(seed)));
        exitCode.Should().Be(1);
        lines[^1].Should().StartWith($"histories=20 failures={failing} ");
        lines.Where(line => line.StartsWith("seed ", StringComparison.Ordinal)).Should().HaveCount(Math.Min(failing, 10)).And.OnlyContain(line => line.Contains("violates I0: A deletion."));
        lines.Where(line => line.TrimStart().StartsWith("1. ", StringComparison.Ordinal)).Should().OnlyContain(line => line.Contains("deletes"), "nothing but the deletion is needed");
        lines.Should().NotContain(line => line.TrimStart().StartsWith("2. ", StringComparison.Ordinal));
    }

    [Fact]
    public void Replay_shows_the_calls()
    {
        using var output = new StringWriter();

        var exitCode = new SimulationCommand(output).Run(["--replay", "3"]);

        exitCode.Should().Be(0);
        output.ToString().Should().Contain("Store acquire lease").And.Contain("histories=1 failures=0");
    }

    [Theory]
    [InlineData]
    [InlineData("--histories")]
    [InlineData("--histories", "many")]
    [InlineData("--unknown")]
    public void Arguments_that_make_no_sense_end_with_code_2_and_the_usage(params string[] arguments)
    {
        var (exitCode, lines) = Run(_ => null, arguments);

        exitCode.Should().Be(2);
        lines.Should().Contain(line => line.StartsWith("Usage:", StringComparison.Ordinal));
    }

    private static bool HasDeletion(History history) => history.Steps.Any(step => step is Delete);

    private static (int ExitCode, string[] Lines) Run(Func<History, InvariantViolationException?> play, params string[] arguments)
    {
        using var output = new StringWriter();
        var exitCode = new SimulationCommand(output, (history, _) => play(history)).Run(arguments);
        return (exitCode, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
