namespace Dataverse.Sync.BusinessCentral.Tests.Schema;

/// <summary>What the schema says of the form in which the service stores values.</summary>
public sealed class StoredFormTests
{
    [Fact]
    public async Task Instants_have_a_resolution_whose_multiples_the_database_stores_exactly()
    {
        using var service = StubService.Answering("{}");

        var field = (await service.Connector.GetSchemaAsync("customers", default))!.Find("lastModifiedDateTime")!;

        field.TimeResolution.Should().Be(TimeSpan.FromMilliseconds(10));
        (field.TimeResolution!.Value.Ticks * 300 % TimeSpan.TicksPerSecond).Should().Be(0, "it is a whole number of units of 1/300 s");
    }

    [Fact]
    public async Task Codes_are_stored_trimmed_and_in_upper_case_and_other_texts_as_sent()
    {
        using var service = StubService.Answering("{}");

        var schema = (await service.Connector.GetSchemaAsync("customers", default))!;

        schema.Find("number")!.TextNormalization.Should()
            .Be(TextNormalization.TrimsStart | TextNormalization.TrimsEnd | TextNormalization.StoresUpperCase);
        schema.Find("displayName")!.TextNormalization.Should().Be(TextNormalization.None);
    }

    [Fact]
    public async Task Decimals_have_a_scale_only_where_the_options_name_one()
    {
        using var service = StubService.Answering("{}", options => options.Tables["customers"] = new()
        {
            Fields = { ["creditLimit"] = new() { Scale = 2 }, ["displayName"] = new() { Scale = 3 } },
        });
        using var plain = StubService.Answering("{}");

        var schema = (await service.Connector.GetSchemaAsync("customers", default))!;

        schema.Find("creditLimit")!.Scale.Should().Be(2);
        schema.Find("displayName")!.Scale.Should().BeNull("a text has none");
        (await plain.Connector.GetSchemaAsync("customers", default))!.Find("creditLimit")!.Scale.Should().BeNull();
    }

    [Fact]
    public void A_scale_that_no_field_can_have_is_refused()
    {
        var start = () => StubService.Answering("{}", options => options.Tables["customers"] = new()
        {
            Fields = { ["creditLimit"] = new() { Scale = 19 } },
        });

        start.Should().Throw<SyncConfigurationException>().Which.Problems.Should().ContainSingle(problem => problem.Contains("creditLimit"));
    }
}
