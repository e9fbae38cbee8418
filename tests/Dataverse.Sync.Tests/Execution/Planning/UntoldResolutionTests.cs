using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Planning;

/// <summary>Systems that change values when they store them, and whose schemas and responses do not tell.</summary>
public sealed class UntoldResolutionTests
{
    private static readonly FieldSchema Amount = new() { Name = "value", Type = FieldType.Decimal };

    private static readonly FieldSchema Instant = new() { Name = "value", Type = FieldType.DateTime };

    private static readonly FieldSchema PlainText = new() { Name = "value", Type = FieldType.Text, MaxLength = 100 };

    [Theory]
    [InlineData(true, WriteAnswer.Version)]
    [InlineData(false, WriteAnswer.Version)]
    [InlineData(true, WriteAnswer.Record)]
    [InlineData(false, WriteAnswer.Record)]
    public async Task Amount_that_a_system_rounds_silently_is_no_edit_and_the_next_edit_is(bool hasVersions, WriteAnswer answer)
    {
        using var systems = New(Amount, Amount with { Scale = 2 }, hasVersions, answer);
        _ = systems.Items.Insert(("value", 10.123456789m));

        (await systems.ConvergeAsync()).Should().Be(0);
        (systems.Item["value"].AsDecimal(), systems.Row["value"].AsDecimal()).Should().Be((10.123456789m, 10.12m));

        _ = systems.Rows.Update(systems.Row.Id, ("value", 10.1m));
        (await systems.ConvergeAsync()).Should().Be(0);
        (systems.Item["value"].AsDecimal(), systems.Row["value"].AsDecimal()).Should().Be((10.1m, 10.1m));
    }

    [Theory]
    [InlineData(true, WriteAnswer.Version)]
    [InlineData(false, WriteAnswer.Version)]
    [InlineData(true, WriteAnswer.Record)]
    [InlineData(false, WriteAnswer.Record)]
    public async Task Instant_that_a_system_cuts_silently_is_no_edit_and_the_next_edit_is(bool hasVersions, WriteAnswer answer)
    {
        using var systems = New(Instant, Instant with { TimeResolution = TimeSpan.FromSeconds(1) }, hasVersions, answer);
        var exact = new DateTimeOffset(2026, 3, 15, 10, 20, 30, 987, TimeSpan.Zero);
        _ = systems.Items.Insert(("value", exact));

        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Item["value"].AsDateTime().Should().Be(exact);

        _ = systems.Rows.Update(systems.Row.Id, ("value", exact.AddSeconds(1)));
        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Item["value"].AsDateTime().Should().Be(exact.AddMilliseconds(13));
    }

    [Theory]
    [InlineData(true, WriteAnswer.Version)]
    [InlineData(false, WriteAnswer.Version)]
    [InlineData(true, WriteAnswer.Record)]
    [InlineData(false, WriteAnswer.Record)]
    public async Task Edit_of_white_space_travels_once_the_record_was_read_after_its_write(bool hasVersions, WriteAnswer answer)
    {
        using var systems = New(PlainText, PlainText, hasVersions, answer);
        _ = systems.Items.Insert(("value", "Hauptstr. 1\r\n\t"));
        _ = await systems.ConvergeAsync();

        _ = systems.Rows.Update(systems.Row.Id, ("value", "Hauptstr. 1"));
        (await systems.ConvergeAsync()).Should().Be(0);

        systems.Item["value"].AsText().Should().Be("Hauptstr. 1");
    }

    [Fact]
    public async Task Zero_that_a_system_stores_silently_in_place_of_a_blank_is_no_edit()
    {
        using var systems = new ValueFixture(Amount, Amount with { Name = "zeroed" }, rows: table => table.With(options => options with
        {
            Normalize = (field, value) => field.Name == "zeroed" && value.IsBlank ? FieldValue.Decimal(0) : value,
        }));
        var item = systems.Items.Insert(("value", 5m)).Id;
        _ = await systems.ConvergeAsync();

        _ = systems.Items.Update(item, ("value", null));
        (await systems.ConvergeAsync()).Should().Be(0);

        (systems.Item["value"].IsBlank, systems.Row["zeroed"].AsDecimal()).Should().Be((true, 0m));
    }

    private static ValueFixture New(FieldSchema local, FieldSchema integration, bool hasVersions, WriteAnswer answer) =>
        new(local, integration, answer: answer, integrationConnector: inner => new ForeignConnector(inner, hasVersions));
}
