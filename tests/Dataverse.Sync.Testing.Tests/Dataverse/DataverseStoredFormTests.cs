namespace Dataverse.Sync.Testing.Tests;

/// <summary>What the emulator does to values without saying so, as the service does.</summary>
public sealed class DataverseStoredFormTests
{
    private static readonly DataverseTableDefinition Values = new()
    {
        LogicalName = "new_value",
        SetName = "new_values",
        PrimaryName = "new_name",
        Columns =
        [
            DataverseColumn.Text("new_name", 100),
            DataverseColumn.Memo("new_memo"),
            DataverseColumn.Decimal("new_decimal", precision: 2),
            DataverseColumn.Double("new_double", 2, -1000, 1000),
            DataverseColumn.Money("new_bycurrency"),
            DataverseColumn.Money("new_bycolumn") with { PrecisionSource = DataversePrecisionSource.Column, Precision = 3 },
            DataverseColumn.Money("new_byorganization") with { PrecisionSource = DataversePrecisionSource.Pricing },
            DataverseColumn.DateTime("new_instant"),
            DataverseColumn.DateTime("new_shownasdate") with { ShowsDateOnly = true },
            DataverseColumn.DateTime("new_clock") with { Behavior = DateTimeBehavior.TimeZoneIndependent },
            DataverseColumn.Date("new_date"),
            DataverseColumn.Choice("new_level", "Low", "High"),
        ],
    };

    [Theory]
    [InlineData(MidpointRounding.AwayFromZero, "2.345", 2.35)]
    [InlineData(MidpointRounding.ToEven, "2.345", 2.34)]
    [InlineData(MidpointRounding.ToZero, "2.349", 2.34)]
    public async Task Further_decimals_are_dropped_silently_in_the_way_of_the_switch(
        MidpointRounding rounding, string sent, double stored)
    {
        await using var client = await StartAsync(new() { NumberRounding = rounding });

        (await client.PostAsync("new_values", $$"""{"new_decimal":{{sent}},"new_bycurrency":{{sent}}}"""))
            .Status.Should().Be(204);

        var row = client.Emulator.Table("new_value").Rows.Single();
        (row["new_decimal"], row["new_bycurrency"]).Should().Be(((decimal)stored, (decimal)stored));
    }

    [Fact]
    public async Task Money_has_the_decimals_of_what_its_precision_source_names()
    {
        await using var client = await StartAsync();
        var yen = client.Emulator.Table("transactioncurrency").Insert(
            ("currencyname", "Yen"), ("isocurrencycode", "JPY"), ("currencysymbol", "Y"), ("currencyprecision", 0),
            ("exchangerate", 150m));

        var row = client.Emulator.Table("new_value").Insert(
            ("new_bycurrency", 1.23456m), ("new_bycolumn", 1.23456m), ("new_byorganization", 1.23456m),
            ("transactioncurrencyid", new DataverseReference("transactioncurrency", yen.Id)));

        (row["new_bycurrency"], row["new_bycolumn"], row["new_byorganization"]).Should().Be((1m, 1.235m, 1.23m));
    }

    [Theory]
    [InlineData(false, 34)]
    [InlineData(true, 35)]
    public async Task Fractions_of_seconds_are_dropped_silently_in_the_way_of_the_switch(bool rounds, int second)
    {
        await using var client = await StartAsync(new() { RoundsFractionsOfSeconds = rounds });

        await client.PostAsync("new_values", """{"new_instant":"2026-01-02T03:04:34.500Z"}""");

        client.Emulator.Table("new_value").Rows.Single()["new_instant"].Should()
            .Be(new DateTimeOffset(2026, 1, 2, 3, 4, second, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("2012-07-14T00:00:00.0000Z", "2012-07-14T00:00:00Z")]
    [InlineData("2012-07-14T00:00:00.0050Z", "2012-07-14T00:00:00.005Z")]
    [InlineData("2012-07-14T00:00:00.005Z", "2012-07-14T00:00:00.005Z")]
    [InlineData("at 2012-07-14T00:00:00.0000Z", "at 2012-07-14T00:00:00.0000Z")]
    [InlineData(" blanks and \r\n breaks ", " blanks and \r\n breaks ")]
    public async Task A_text_is_stored_as_sent_unless_it_is_an_instant(string sent, string stored)
    {
        await using var client = await StartAsync();

        client.Emulator.Table("new_value").Insert(("new_memo", sent))["new_memo"].Should().Be(stored);
    }

    [Fact]
    public async Task Texts_are_trimmed_and_their_line_breaks_unified_where_the_switches_say_so()
    {
        await using var client = await StartAsync(new() { TrimsText = true, StoresLineFeeds = true });
        var table = client.Emulator.Table("new_value");

        table.Insert(("new_memo", " a\r\nb\rc \r\n"))["new_memo"].Should().Be("a\nb\nc");
        table.Insert(("new_memo", "  "))["new_memo"].Should().BeNull();
    }

    [Fact]
    public async Task A_date_means_what_its_behavior_says()
    {
        await using var client = await StartAsync();

        await client.PostAsync(
            "new_values",
            """
            {"new_instant":"2026-03-15T00:00:00+01:00","new_clock":"2026-03-15T00:00:00+01:00","new_date":"2026-03-15"}
            """);

        var row = (await client.GetAsync("new_values")).Rows.Single();
        ((string?)row["new_instant"], (string?)row["new_clock"], (string?)row["new_date"]).Should()
            .Be(("2026-03-14T23:00:00Z", "2026-03-15T00:00:00Z", "2026-03-15"));
    }

    [Theory]
    [InlineData("new_instant", "UserLocal", "DateAndTime")]
    [InlineData("new_shownasdate", "UserLocal", "DateOnly")]
    [InlineData("new_clock", "TimeZoneIndependent", "DateAndTime")]
    [InlineData("new_date", "DateOnly", "DateOnly")]
    public async Task Metadata_tell_behavior_and_format_apart(string column, string behavior, string format)
    {
        await using var client = await StartAsync();

        var columns = (await client.GetAsync(
            "EntityDefinitions(LogicalName='new_value')/Attributes/Microsoft.Dynamics.CRM.DateTimeAttributeMetadata")).Rows;

        var found = columns.Single(item => (string?)item["LogicalName"] == column);
        ((string?)found["DateTimeBehavior"]!["Value"], (string?)found["Format"]).Should().Be((behavior, format));
    }

    [Fact]
    public async Task Choices_can_change_while_the_emulator_runs()
    {
        await using var client = await StartAsync();
        var table = client.Emulator.Table("new_value");
        (await client.PostAsync("new_values", """{"new_level":3}""")).ShouldFail(400, "0x8004431A");

        table.ChangeColumn("new_level", column => column with
        {
            Choices = [.. column.Choices, new(3, "Highest") { OtherLabels = new Dictionary<int, string> { [1031] = "Am höchsten" } }],
        });

        (await client.PostAsync("new_values", """{"new_level":3}""")).Status.Should().Be(204);
        var options = (await client.GetAsync(
            "EntityDefinitions(LogicalName='new_value')/Attributes(LogicalName='new_level')"
            + "/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$expand=OptionSet")).Text;
        options.Should().Contain("Highest").And.Contain("1031");
    }

    [Fact]
    public async Task Columns_can_be_added_while_the_emulator_runs()
    {
        await using var client = await StartAsync();
        var table = client.Emulator.Table("new_value");

        table.AddColumn(DataverseColumn.Text("new_late", 10));

        (await client.PostAsync("new_values", """{"new_late":"x"}""")).Status.Should().Be(204);
        table.Invoking(again => again.AddColumn(DataverseColumn.Text("new_late", 10))).Should().Throw<ArgumentException>();
        table.Invoking(again => again.ChangeColumn("new_none", column => column)).Should().Throw<ArgumentException>();
        table.Invoking(again => again.ChangeColumn("new_late", column => column with { Name = "new_other" })).Should()
            .Throw<ArgumentException>();
    }

    private static async Task<DataverseClient> StartAsync(DataverseEmulatorOptions? options = null)
    {
        var client = await DataverseClient.StartAsync(options);
        client.Emulator.AddTable(Values);
        return client;
    }
}
