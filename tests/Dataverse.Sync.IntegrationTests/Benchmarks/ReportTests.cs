using System.Text.Json.Nodes;
using Dataverse.Sync.Benchmarks.Report;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>The benchmark report, over few records and by its counts alone: times differ between machines.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataverse-sync-tests-");
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Report_writes_the_metrics_asked_for_and_their_requests_are_few()
    {
        var file = Path.Combine(folder.FullName, "report.json");

        (await RunAsync("--records", "200", "--only", "requests_full_10k,requests_idle", "--json", file)).Should().Be(0, error.ToString());

        var metrics = JsonNode.Parse(await File.ReadAllTextAsync(file))!["metrics"]!.AsObject();
        metrics.Select(metric => metric.Key).Should().Equal("requests_full_10k", "requests_idle");

        // The fewest for so few customers is four; the page of the run's own echo is a greater share of that than of 10,000.
        metrics["requests_full_10k"]!.GetValue<double>().Should().BeLessThanOrEqualTo(1.25);
        metrics["requests_idle"]!.GetValue<double>().Should().BeLessThanOrEqualTo(2);
        output.ToString().Should().ContainAll("requests_full_10k", "requests_idle", "<= 1.1").And.NotContain("overhead_full");
    }

    [Theory]
    [InlineData("--unknown")]
    [InlineData("--records", "none")]
    [InlineData("--records", "5")]
    [InlineData("--json")]
    [InlineData("--only", "no_such_metric")]
    public async Task Wrong_arguments_are_refused_with_the_usage(params string[] arguments)
    {
        (await RunAsync(arguments)).Should().Be(2);

        error.ToString().Should().StartWith("error: ").And.Contain("--records N");
        output.ToString().Should().BeEmpty();
    }

    private Task<int> RunAsync(params string[] arguments) => ReportCommand.RunAsync(arguments, output, error, CancellationToken.None);
}
