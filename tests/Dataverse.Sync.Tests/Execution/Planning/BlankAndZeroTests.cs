using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Planning;

/// <summary>Where a blank and a zero are one value, and where they are two.</summary>
public sealed class BlankAndZeroTests
{
    private static readonly FieldSchema Amount = new() { Name = "value", Type = FieldType.Decimal };

    private static readonly FieldSchema Flag = new() { Name = "value", Type = FieldType.Boolean };

    private static readonly FieldSchema Choice = new() { Name = "value", Type = FieldType.Choice };

    [Theory]
    [InlineData("0", "")]
    [InlineData("", "0")]
    [InlineData("5", "")]
    [InlineData("5", "0")]
    public async Task Edits_to_zero_and_to_blank_travel_between_systems_that_store_both(string before, string after)
    {
        using var systems = new ValueFixture(Amount, Amount);
        _ = systems.Items.Insert(("value", Number(before)));
        _ = await systems.ConvergeAsync();

        _ = systems.Rows.Update(systems.Row.Id, ("value", Number(after)));
        (await systems.ConvergeAsync()).Should().Be(0);

        (systems.Item["value"], systems.Row["value"]).Should().Be((Number(after), Number(after)));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(null, false)]
    [InlineData(true, null)]
    public async Task Edits_to_false_and_to_blank_travel_between_systems_that_store_both(bool? before, bool? after)
    {
        using var systems = new ValueFixture(Flag, Flag, items: BlankByDefault, rows: BlankByDefault);
        _ = systems.Items.Insert(("value", before));
        _ = await systems.ConvergeAsync();

        _ = systems.Rows.Update(systems.Row.Id, ("value", after));
        (await systems.ConvergeAsync()).Should().Be(0);

        (systems.Item["value"].IsBlank, systems.Row["value"].IsBlank).Should().Be((after is null, after is null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    public async Task Zero_of_a_system_without_blanks_and_the_blank_of_the_other_are_left_as_they_are(string theirs)
    {
        using var systems = new ValueFixture(Amount with { CanBeBlank = false }, Amount);
        var item = systems.Items.Insert(("number", "A"), ("value", 0m)).Id;
        _ = systems.Rows.Insert(("number", "A"), ("value", Number(theirs)));
        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Row["value"].Should().Be(Number(theirs));

        _ = systems.Items.Update(item, ("value", 7m));
        _ = await systems.ConvergeAsync();
        _ = systems.Items.Update(item, ("value", 0m));
        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Row["value"].Should().Be(Number("0"));
    }

    [Fact]
    public async Task Blank_option_becomes_a_blank_in_a_choice_without_one()
    {
        using var systems = new ValueFixture(
            Choice with { Options = [new(FieldValue.Integer(0), " "), new(FieldValue.Integer(1), "Gold")] },
            Choice with { Options = [new(FieldValue.Integer(5), "Gold")] });
        var item = systems.Items.Insert(("value", 1)).Id;
        _ = systems.Items.Insert(("value", 0));
        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Rows.Records.Select(row => row["value"].ToString()).Should().BeEquivalentTo("5", "");

        _ = systems.Items.Update(item, ("value", 0));
        (await systems.ConvergeAsync()).Should().Be(0);

        (await systems.FailuresAsync()).Should().BeEmpty();
        systems.Rows.Records.Should().OnlyContain(row => row["value"].IsBlank);
    }

    [Fact]
    public async Task Zero_of_a_system_without_blanks_is_a_blank_in_a_choice_without_such_an_option()
    {
        using var systems = new ValueFixture(
            new FieldSchema { Name = "value", Type = FieldType.Integer, CanBeBlank = false },
            Choice with { Options = [new(FieldValue.Integer(5), "Gold")] });
        _ = systems.Items.Insert(("value", 0));
        _ = systems.Items.Insert(("value", 5));

        (await systems.ConvergeAsync()).Should().Be(0);

        (await systems.FailuresAsync()).Should().BeEmpty();
        systems.Rows.Records.Select(row => row["value"].ToString()).Should().BeEquivalentTo("5", "");
    }

    [Theory]
    [InlineData("  ", false)]
    [InlineData("\t\u00A0", false)]
    [InlineData("none", true)]
    public async Task Value_that_becomes_a_blank_on_the_other_side_does_not_win_in_a_first_merge(string ours, bool isConverted)
    {
        var trimmed = new FieldSchema
        {
            Name = "value",
            Type = FieldType.Text,
            TextNormalization = TextNormalization.TrimsStart | TextNormalization.TrimsEnd,
        };
        using var systems = new ValueFixture(
            trimmed with { TextNormalization = TextNormalization.None },
            trimmed,
            field => _ = isConverted ? field.Convert(new NoneConverter()) : field);
        _ = systems.Items.Insert(("number", "A"), ("value", ours));
        _ = systems.Rows.Insert(("number", "A"), ("value", "555"));

        (await systems.ConvergeAsync()).Should().Be(0);

        (systems.Item["value"].AsText(), systems.Row["value"].AsText()).Should().Be(("555", "555"));
    }

    [Fact]
    public async Task Many_texts_that_turn_into_white_space_at_once_are_held_like_blanks()
    {
        var text = new FieldSchema { Name = "value", Type = FieldType.Text };
        using var systems = new ValueFixture(text, text with { TextNormalization = TextNormalization.TrimsEnd });
        for (var number = 0; number < 30; number++)
        {
            _ = systems.Items.Insert(("value", $"Value {number}"));
        }

        _ = await systems.ConvergeAsync();
        foreach (var item in systems.Items.Records)
        {
            _ = systems.Items.Update(item.Id, ("value", " "));
        }

        (await systems.ModifiedAsync()).Status.Should().Be(SyncJobStatus.Stopped);
        systems.Rows.Records.Should().OnlyContain(row => !row["value"].IsBlank);
    }

    private static FieldValue Number(string text) => text.Length == 0
        ? FieldValue.Blank
        : FieldValue.Decimal(decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    private sealed class NoneConverter : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue local) => local.AsText() == "none" ? default : local;

        public FieldValue ToLocal(FieldValue integration) => integration.IsBlank ? FieldValue.Text("none") : integration;
    }

    private static void BlankByDefault(InMemoryTableBuilder table) =>
        table.Stores("value", new InMemoryFieldOptions { DefaultValue = FieldValue.Blank });
}
