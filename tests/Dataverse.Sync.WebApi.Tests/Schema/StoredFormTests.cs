namespace Dataverse.Sync.WebApi.Tests;

/// <summary>What the schema says of the form in which the service stores values.</summary>
public sealed class StoredFormTests
{
    [Theory]
    [InlineData("discount", 3)]
    [InlineData("latitude", 5)]
    [InlineData("fee", 3)]
    [InlineData("price", 4)]
    [InlineData("creditlimit", 2)]
    [InlineData("creditlimit_base", 4)]
    [InlineData("numberofemployees", null)]
    [InlineData("name", null)]
    public async Task GetSchema_tells_the_decimal_places_that_the_service_keeps(string column, int? scale)
    {
        (await ReadAsync(new StubDefinitions())).Find(column)!.Scale.Should().Be(scale);
    }

    [Fact]
    public async Task GetSchema_tells_the_decimal_places_of_money_by_the_currency_of_the_row()
    {
        var schema = await ReadAsync(new StubDefinitions());

        var scales = schema.Find("creditlimit")!.ScaleByReference!;
        scales.Field.Should().Be("transactioncurrencyid");
        scales.Scales.Should().BeEquivalentTo(new Dictionary<Guid, int> { [StubDefinitions.Yen] = 0, [StubDefinitions.Dinar] = 3 });
        schema.Fields.Where(field => field.ScaleByReference is not null).Should().ContainSingle("no other column follows the currency");
    }

    [Fact]
    public async Task GetSchema_falls_back_to_the_precision_of_the_column_where_settings_cannot_be_read()
    {
        var schema = await ReadAsync(new StubDefinitions
        {
            FullNameConvention = null,
            Currencies = (403, StubService.ErrorBody("0x80040220")),
        });

        schema.Find("creditlimit")!.Should().BeEquivalentTo(new { Scale = 2, ScaleByReference = (ScaleByReference?)null });
        schema.Find("price")!.Scale.Should().Be(1);
    }

    [Theory]
    [InlineData("lastused", FieldType.DateTime, DateTimeBehavior.UserLocal, true)]
    [InlineData("opened", FieldType.DateTime, DateTimeBehavior.TimeZoneIndependent, true)]
    [InlineData("modifiedon", FieldType.DateTime, DateTimeBehavior.UserLocal, true)]
    [InlineData("birthdate", FieldType.Date, DateTimeBehavior.DateOnly, false)]
    public async Task GetSchema_tells_what_a_date_means_and_that_instants_have_whole_seconds(
        string column, FieldType type, DateTimeBehavior behavior, bool hasResolution)
    {
        var schema = await ReadAsync(new StubDefinitions(), column == "birthdate" ? "contact" : "account");

        schema.Find(column)!.Should().BeEquivalentTo(new
        {
            Type = type,
            DateTimeBehavior = behavior,
            TimeResolution = hasResolution ? TimeSpan.FromSeconds(1) : (TimeSpan?)null,
        });
    }

    [Fact]
    public async Task GetSchema_names_the_form_of_texts_that_nobody_changes()
    {
        var schema = await ReadAsync(new StubDefinitions());

        foreach (var text in new[] { "name", "description" })
        {
            schema.Find(text)!.TextNormalization.Should()
                .Be(TextNormalization.TrimsStart | TextNormalization.TrimsEnd | TextNormalization.StoresLineFeeds);
        }

    }

    [Fact]
    public async Task GetSchema_tells_the_labels_of_every_language()
    {
        var options = (await ReadAsync(new StubDefinitions())).Find("customertypecode")!.Options;

        options[0].OtherLabels.Should().BeEmpty();
        (options[1].Label, options[1].OtherLabels).Should().BeEquivalentTo(("Vendor", new[] { "Kreditor" }));
    }

    private static async Task<TableSchema> ReadAsync(StubDefinitions definitions, string table = "account")
    {
        using var connector = new StubService { Definitions = definitions }.Connect();
        return (await connector.GetSchemaAsync(table, default))!;
    }
}
