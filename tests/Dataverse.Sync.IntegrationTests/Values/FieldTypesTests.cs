using System.Text.Json.Nodes;

namespace Dataverse.Sync.IntegrationTests.Values;

/// <summary>Durations, times of day, and sets of options over both protocols, and columns that cannot be synchronized.</summary>
public sealed class FieldTypesTests
{
    [Fact]
    public async Task Durations_times_and_sets_of_options_travel_both_ways_and_settle()
    {
        await using var bench = await TypesBench.StartAsync(MapAll);
        _ = bench.Jobs.Insert(new JsonObject
        {
            ["number"] = "J1",
            ["effort"] = "PT1H30M20.5S",
            ["starts"] = "08:30:00.25",
            ["colors"] = "Blue;red",
        });
        await bench.RunAsync();

        (bench.Row["new_effort"], bench.Row["new_starts"], bench.Row["new_colors"]).Should().Be((90, "08:30:00.25", "1,3"));
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);
        (Text(bench.Job["effort"]), Text(bench.Job["colors"])).Should().Be(("PT1H30M20.5S", "Blue;red"), "nobody edited them");

        bench.Rows.Update(bench.Row.Id, ("new_effort", 1500), ("new_starts", "00:00"), ("new_colors", "2,3"));
        await bench.RunAsync();

        (Text(bench.Job["effort"]), Text(bench.Job["starts"]), Text(bench.Job["colors"]))
            .Should().Be(("P1DT1H", "00:00:00", "Green; Blue"));
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);

        bench.Rows.Update(bench.Row.Id, ("new_effort", null), ("new_starts", null), ("new_colors", null));
        await bench.RunAsync();

        (Text(bench.Job["effort"]), Text(bench.Job["starts"]), Text(bench.Job["colors"])).Should().Be(("PT0S", "00:00:00", ""));
        (await bench.WritesOfFurtherRunsAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Only_rows_with_the_options_and_the_duration_of_the_filter_take_part()
    {
        await using var bench = await TypesBench.StartAsync(mapping =>
        {
            MapAll(mapping);
            _ = mapping.IntegrationFilter(RecordFilter.Parse("new_colors='Blue;Red',new_effort=<PT1H30M")).LocalFilter(RecordFilter.Parse("effort=<>PT5H"));
        });
        _ = bench.Rows.Insert(("new_name", "A"), ("new_colors", "1,3"), ("new_effort", 89));
        _ = bench.Rows.Insert(("new_name", "B"), ("new_colors", "1,3"), ("new_effort", 90));
        _ = bench.Rows.Insert(("new_name", "C"), ("new_colors", "1"), ("new_effort", 1));

        await bench.RunAsync();

        Text(bench.Job["effort"]).Should().Be("PT1H29M");
    }

    [Theory]
    [InlineData("new_photo", "an image column")]
    [InlineData("new_contract", "a file column")]
    [InlineData("owneridtype", "a column that names a table")]
    public async Task Column_that_cannot_be_synchronized_is_named_before_anything_runs(string column, string description)
    {
        await using var bench = await TypesBench.StartAsync(mapping => mapping.Field("colors", column));

        var validate = () => bench.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().ContainSingle()
            .Which.Should().Contain($"field '{column}' of the integration table 'new_job', which is {description}");
    }

    private static void MapAll(IntegrationTableMappingBuilder mapping) =>
        mapping.Field("effort", "new_effort").Field("starts", "new_starts").Field("colors", "new_colors");

    private static string Text(JsonNode? value) => value!.GetValue<string>();
}
