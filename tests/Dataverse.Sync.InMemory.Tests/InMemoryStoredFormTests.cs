using Dataverse.Sync.Testing;

namespace Dataverse.Sync.InMemory.Tests;

/// <summary>What in-memory tables do to values, told in the schema or not, and what they hide.</summary>
public sealed class InMemoryStoredFormTests
{
    private static readonly Guid Yen = new("00000000-0000-4000-8000-0000000000a0");
    private static readonly DateTimeOffset Instant = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    [Theory]
    [InlineData(true, MidpointRounding.AwayFromZero, 2.35)]
    [InlineData(false, MidpointRounding.AwayFromZero, 2.35)]
    [InlineData(true, MidpointRounding.ToEven, 2.34)]
    [InlineData(false, MidpointRounding.ToZero, 2.34)]
    public async Task Numbers_lose_decimal_places_whether_the_schema_tells_or_not(
        bool tells, MidpointRounding rounding, double stored)
    {
        var connector = New(
            new FieldSchema { Name = "value", Type = FieldType.Decimal, Scale = tells ? 2 : null },
            tells ? new() : new() { Scale = 2 },
            options => options with { NumberRounding = rounding });

        await WriteAsync(connector, FieldValue.Decimal(2.345m));

        connector["t"].Records.Single()["value"].AsDecimal().Should().Be((decimal)stored);
        (await SchemaAsync(connector)).Scale.Should().Be(tells ? 2 : null);
    }

    [Fact]
    public void Amounts_have_the_decimal_places_of_the_record_that_they_refer_to()
    {
        var connector = new InMemoryConnector();
        var table = connector.AddTable("t", define => define
            .Reference("currency", "currencies")
            .Field(new FieldSchema
            {
                Name = "value",
                Type = FieldType.Decimal,
                Scale = 2,
                ScaleByReference = new("currency", new Dictionary<Guid, int> { [Yen] = 0 }),
            }));

        table.Insert(("value", 1.239m))["value"].AsDecimal().Should().Be(1.24m);
        var row = table.Insert(("value", 1.239m), ("currency", Yen));
        row["value"].AsDecimal().Should().Be(1m);
        var other = table.Insert(("value", 7.89m));
        table.Update(other.Id, ("currency", Yen))["value"].AsDecimal().Should().Be(8m, "the new currency has no decimal places");
    }

    [Theory]
    [InlineData(true, false, 5)]
    [InlineData(false, false, 5)]
    [InlineData(false, true, 6)]
    public void Instants_lose_fractions_whether_the_schema_tells_or_not(bool tells, bool rounds, int second)
    {
        var resolution = TimeSpan.FromSeconds(1);
        var connector = New(
            new FieldSchema { Name = "value", Type = FieldType.DateTime, TimeResolution = tells ? resolution : null },
            tells ? new() : new() { TimeResolution = resolution },
            options => options with { RoundsInstants = rounds });

        connector["t"].Insert(("value", Instant))["value"].AsDateTime().Should()
            .Be(new DateTimeOffset(2026, 1, 2, 3, 4, second, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(TextNormalization.None, " a\r\nb\rc ")]
    [InlineData(TextNormalization.TrimsStart, "a\r\nb\rc ")]
    [InlineData(TextNormalization.TrimsEnd, " a\r\nb\rc")]
    [InlineData(TextNormalization.StoresLineFeeds, " a\nb\nc ")]
    [InlineData(TextNormalization.StoresUpperCase, " A\r\nB\rC ")]
    [InlineData(TextNormalization.TrimsStart | TextNormalization.TrimsEnd | TextNormalization.StoresLineFeeds, "a\nb\nc")]
    public void Texts_are_normalized_whether_the_schema_tells_or_not(TextNormalization form, string stored)
    {
        var told = New(new FieldSchema { Name = "value", Type = FieldType.Text, TextNormalization = form }, new());
        var untold = New(new FieldSchema { Name = "value", Type = FieldType.Text }, new() { TextNormalization = form });

        told["t"].Insert(("value", " a\r\nb\rc "))["value"].AsText().Should().Be(stored);
        untold["t"].Insert(("value", " a\r\nb\rc "))["value"].AsText().Should().Be(stored);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_withheld_field_looks_blank_to_the_connector_only(bool tells)
    {
        var connector = New(
            new FieldSchema { Name = "value", Type = FieldType.Text, CanRead = !tells },
            new() { IsWithheld = !tells },
            options => options with { Answer = WriteAnswer.Record });
        var written = await WriteAsync(connector, FieldValue.Text("secret"));

        written.Record!["value"].IsBlank.Should().BeTrue();
        (await ReadAsync(connector, written.Id))["value"].IsBlank.Should().BeTrue();
        (await FeedAsync(connector)).Single()["value"].IsBlank.Should().BeTrue();
        (await FindAsync(connector, "secret")).Should().BeEmpty();
        connector["t"].Find(written.Id)!["value"].AsText().Should().Be("secret");
        (await SchemaAsync(connector)).CanRead.Should().Be(!tells);
    }

    [Fact]
    public async Task A_masked_field_shows_its_mask_to_the_connector_only()
    {
        var connector = New(
            new FieldSchema { Name = "value", Type = FieldType.Text }, new() { Mask = text => "##" + text[^1] });
        var row = connector["t"].Insert(("value", "secret"));

        (await ReadAsync(connector, row.Id))["value"].AsText().Should().Be("##t");
        connector["t"].Find(row.Id)!["value"].AsText().Should().Be("secret");
    }

    [Fact]
    public async Task A_hidden_row_is_in_no_answer_and_takes_no_write()
    {
        var connector = New(new FieldSchema { Name = "value", Type = FieldType.Text }, new());
        var hidden = connector["t"].Insert(("value", "a"));
        var shown = connector["t"].Insert(("value", "a"));
        connector["t"].Hide(hidden.Id);

        (await FeedAsync(connector)).Select(record => record.Id).Should().Equal(shown.Id);
        (await FindAsync(connector, "a")).Select(record => record.Id).Should().Equal(shown.Id);
        (await connector.ReadByIdAsync(new() { Table = "t", Ids = [hidden.Id], Fields = ["value"] }, default)).Should().BeEmpty();
        var keys = new List<Guid>();
        await foreach (var page in connector.ReadKeysAsync("t", default))
        {
            keys.AddRange(page.Select(key => key.Id));
        }

        keys.Should().Equal(shown.Id);
        var write = new WriteOperation { Kind = WriteKind.Delete, Id = hidden.Id };
        var result = (await connector.WriteAsync(new("t", [write]), default)).Single();
        result.Error!.Code.Should().Be(InMemoryErrorCodes.AccessDenied);
        connector["t"].Count.Should().Be(2);

        connector["t"].Show(hidden.Id);
        (await FeedAsync(connector)).Should().HaveCount(2);
    }

    [Fact]
    public async Task Definitions_and_storage_can_change_while_the_system_is_in_use()
    {
        var connector = New(new FieldSchema { Name = "value", Type = FieldType.Text, MaxLength = 10 }, new());
        var table = connector["t"];
        var row = table.Insert(("value", "secret"));

        table.ChangeField("value", field => field with { MaxLength = 3 });
        table.ChangeStorage("value", settings => settings with { IsWithheld = true });

        (await SchemaAsync(connector)).MaxLength.Should().Be(3);
        (await ReadAsync(connector, row.Id))["value"].IsBlank.Should().BeTrue();
        table.Invoking(short_ => short_.Insert(("value", "long"))).Should().Throw<InvalidOperationException>();
        table.Invoking(other => other.ChangeField("value", field => field with { Name = "x" })).Should().Throw<ArgumentException>();
        table.Invoking(other => other.ChangeStorage("x", settings => settings)).Should().Throw<ArgumentException>();
    }

    private static InMemoryConnector New(
        FieldSchema field, InMemoryFieldOptions untold, Func<InMemoryTableOptions, InMemoryTableOptions>? change = null)
    {
        var connector = new InMemoryConnector();
        _ = connector.AddTable("t", table => table.Field(field).Stores("value", untold).With(change ?? (options => options)));
        return connector;
    }

    private static async Task<WriteResult> WriteAsync(InMemoryConnector connector, FieldValue value)
    {
        var operation = new WriteOperation { Kind = WriteKind.Insert, Id = Guid.NewGuid(), Fields = [new("value", value)] };
        return (await connector.WriteAsync(new("t", [operation]), default)).Single();
    }

    private static async Task<FieldSchema> SchemaAsync(InMemoryConnector connector) =>
        (await connector.GetSchemaAsync("t", default))!.Find("value")!;

    private static async Task<TableRecord> ReadAsync(InMemoryConnector connector, Guid id) =>
        (await connector.ReadByIdAsync(new() { Table = "t", Ids = [id], Fields = ["value"] }, default)).Single();

    private static Task<IReadOnlyList<TableRecord>> FindAsync(InMemoryConnector connector, string text) => connector.FindAsync(
        new FieldQuery { Table = "t", Fields = ["value"], Field = "value", Values = [FieldValue.Text(text)] }, default);

    private static async Task<List<TableRecord>> FeedAsync(InMemoryConnector connector)
    {
        var records = new List<TableRecord>();
        await foreach (var page in connector.ReadChangesAsync(new() { Table = "t", Fields = ["value"] }, default))
        {
            records.AddRange(page.Records);
        }

        return records;
    }
}
