using System.Text.Json.Nodes;
using QuickStart;

namespace Dataverse.Sync.IntegrationTests;

public sealed class QuickStartTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataverse-sync-tests-");
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Quick_start_reports_its_six_phases_in_order()
    {
        var phases = await RunToReportAsync();

        phases.Select(phase => phase!["name"]!.ToString()).Should().Equal("preview", "full", "again", "modified", "conflict", "resolved");
        phases.Should().OnlyContain(phase => phase!["mappings"]!.AsObject().Count == 5);
        WritesOf(phases[0]!).Should().Be(0);
        WritesOf(phases[2]!).Should().Be(0);
        JsonNode.DeepEquals(phases[0]!["mappings"], phases[1]!["mappings"]).Should().BeTrue("a preview counts as the run");
        Total(phases[3]!, "modified").Should().Be(7);
        Total(phases[4]!, "conflicted").Should().Be(1);
        Total(phases[5]!, "modified").Should().Be(1);
    }

    [Fact]
    public async Task Redirected_output_tells_the_whole_story_without_control_codes()
    {
        await RunToReportAsync();

        output.ToString().Should().NotContain("\u001b").And.ContainAll("Preview", "Conflict", "The contact is gone from Business Central too.", Store);
    }

    [Theory]
    [InlineData("--unknown")]
    [InlineData("stray")]
    [InlineData("--data")]
    [InlineData("--json", "--store")]
    [InlineData("--connector", "carrier-pigeon")]
    public async Task Wrong_arguments_are_refused_with_the_usage(params string[] arguments)
    {
        (await RunAsync(arguments)).Should().Be(1);

        error.ToString().Should().StartWith("error: ").And.Contain("Usage:");
        output.ToString().Should().BeEmpty();
    }

    [Theory]
    [InlineData("--data", "no-such-folder")]
    [InlineData("--json", "no-such-folder/report.json")]
    public async Task Missing_folder_is_named_in_one_line(params string[] arguments)
    {
        (await RunAsync(arguments)).Should().Be(1);

        error.ToString().TrimEnd().Should().StartWith("error: ").And.Contain("no-such-folder").And.NotContain("\n");
        output.ToString().Should().BeEmpty();
    }

    [Fact]
    public async Task Malformed_data_is_named_in_one_line()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "dataverse"));
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.FullName, "business-central")).FullName, "companies.json");
        await File.WriteAllTextAsync(file, "{\"value\":[{\"id\":");

        (await RunAsync("--data", folder.FullName)).Should().Be(1);

        error.ToString().TrimEnd().Should().StartWith("error: ").And.Contain(folder.FullName).And.NotContain("\n");
    }

    [Fact]
    public async Task Existing_coupling_file_is_not_touched()
    {
        await File.WriteAllTextAsync(Store, "something else");

        (await RunAsync("--store", Store)).Should().Be(1);

        error.ToString().Should().Contain("exists already");
        (await File.ReadAllTextAsync(Store)).Should().Be("something else");
    }

    [Theory]
    [InlineData("--connector", "sdk")]
    [InlineData("--tls")]
    public async Task Organization_service_and_TLS_give_the_same_counts_as_the_Web_API(params string[] arguments)
    {
        var webApi = await RunToReportAsync();
        File.Delete(Store);

        var other = await RunToReportAsync(arguments);

        foreach (var (expected, found) in webApi.Zip(other))
        {
            JsonNode.DeepEquals(found!["mappings"], expected!["mappings"]).Should().BeTrue(expected["name"]!.ToString());
            JsonNode.DeepEquals(found["writes"], expected["writes"]).Should().BeTrue(expected["name"]!.ToString());
        }
    }

    private string Store => Path.Combine(folder.FullName, "couplings.db");

    private async Task<JsonArray> RunToReportAsync(params string[] arguments)
    {
        var report = Path.Combine(folder.FullName, "report.json");
        (await RunAsync(["--json", report, "--store", Store, .. arguments])).Should().Be(0, error.ToString());
        return JsonNode.Parse(await File.ReadAllTextAsync(report))!["phases"]!.AsArray();
    }

    private Task<int> RunAsync(params string[] arguments) => QuickStartCommand.RunAsync(arguments, output, error, CancellationToken.None);

    private static int WritesOf(JsonNode phase) => phase["writes"]!.AsObject().Sum(item => item.Value!.GetValue<int>());

    private static int Total(JsonNode phase, string counter) => phase["mappings"]!.AsObject().Sum(item => item.Value![counter]!.GetValue<int>());
}
