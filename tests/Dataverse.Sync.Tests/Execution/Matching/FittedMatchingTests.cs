using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Matching;

/// <summary>Matching by values that one side cannot store as the other does.</summary>
public sealed class FittedMatchingTests
{
    private static readonly string LongName = string.Join(' ', Enumerable.Repeat("Adatum", 20));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Name_that_is_too_long_for_the_other_side_matches_and_is_asked_for_in_its_cut_form(bool isFull)
    {
        using var systems = NewSystems(Text("value", 100), Text("value", 160));
        _ = systems.Items.Insert(("value", LongName[..100].Trim()));
        var row = systems.Rows.Insert(("value", LongName)).Id;

        var job = isFull
            ? await systems.FullAsync()
            : await systems.Engine.SynchronizeRecordsAsync("ITEM", SyncSide.Integration, [row]);

        job.Counters.Should().BeEquivalentTo(new { Coupled = 1, Inserted = 0, Failed = 0 });
        systems.Row["value"].AsText().Should().Be(LongName);
    }

    [Fact]
    public async Task Code_that_the_other_side_cannot_store_is_not_asked_for()
    {
        using var systems = NewSystems(Code("value", 5), Text("value", 20));
        var row = systems.Rows.Insert(("value", "USDOLD1")).Id;
        _ = systems.Items.Insert(("value", "USDOL"));

        var job = await systems.ModifiedAsync();

        job.Counters.Failed.Should().Be(1);
        job.Counters.Coupled.Should().Be(0);
        (await systems.FailuresAsync()).Should().ContainSingle().Which.Record.Should().Be(new RecordKey(SyncSide.Integration, row));
    }

    [Theory]
    [InlineData("Mu\u0308ller")]
    [InlineData(" MÜLLER ")]
    public async Task Names_match_in_normal_form_C(string name)
    {
        using var systems = NewSystems(Text("value", 100), Text("value", 100));
        _ = systems.Items.Insert(("value", "Müller"));
        _ = systems.Rows.Insert(("value", name));

        (await systems.FullAsync()).Counters.Coupled.Should().Be(1);
    }

    [Fact]
    public async Task Amounts_match_in_the_rounded_form_and_options_by_their_label()
    {
        var exact = new FieldSchema { Name = "value", Type = FieldType.Decimal };
        using var amounts = NewSystems(exact, exact with { Scale = 2 });
        _ = amounts.Items.Insert(("value", 12.34567m));
        _ = amounts.Rows.Insert(("value", 12.35m));
        using var options = NewSystems(
            Text("value", 20), new() { Name = "value", Type = FieldType.Choice, Options = [new(FieldValue.Integer(7), "Gold")] });
        _ = options.Items.Insert(("value", "gold"));
        _ = options.Rows.Insert(("value", 7));

        (await amounts.FullAsync()).Counters.Coupled.Should().Be(1);
        (await options.FullAsync()).Counters.Coupled.Should().Be(1);
    }

    private static ValueFixture NewSystems(FieldSchema local, FieldSchema integration) =>
        new(local, integration, field => field.UseForMatching(priority: 1));

    private static FieldSchema Text(string name, int length) => new() { Name = name, Type = FieldType.Text, MaxLength = length };

    private static FieldSchema Code(string name, int length) => Text(name, length) with { IsCode = true };
}
