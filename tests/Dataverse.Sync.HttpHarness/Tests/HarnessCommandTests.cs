namespace Dataverse.Sync.HttpHarness;

public sealed class HarnessCommandTests
{
    [Fact]
    public async Task A_replay_prints_the_history_and_its_verdict()
    {
        var output = new StringWriter();

        var exitCode = await new HarnessCommand(output).RunAsync(["--replay", "1"]);

        exitCode.Should().Be(0);
        output.ToString().Should().Contain("Seed 1").And.Contain("user:").And.Contain("process 1").And.Contain("--- peace");
    }

    [Fact]
    public async Task Several_histories_end_with_their_number_and_their_failures()
    {
        var output = new StringWriter();

        var exitCode = await new HarnessCommand(output).RunAsync(["--histories", "2", "--seed", "5"]);

        exitCode.Should().Be(0);
        output.ToString().Should().Contain("2 histories from seed 5, 0 failures");
    }

    [Fact]
    public async Task Without_arguments_the_usage_is_printed()
    {
        var output = new StringWriter();

        var exitCode = await new HarnessCommand(output).RunAsync([]);

        exitCode.Should().Be(2);
        output.ToString().Should().Contain("--histories").And.Contain("--replay");
    }
}
