using CsCheck;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Fields;

public sealed class ValueTableTests
{
    private static readonly FieldSchema LocalText = new() { Name = "code", Type = FieldType.Text, MaxLength = 20 };
    private static readonly FieldSchema IntegrationText = new() { Name = "kind", Type = FieldType.Text, MaxLength = 20 };

    private static readonly FieldSchema Choice = new()
    {
        Name = "kind",
        Type = FieldType.Choice,
        Options = [new(FieldValue.Integer(1), "Gold") { OtherLabels = ["Guld"] }, new(FieldValue.Integer(2), "Silver")],
    };

    [Fact]
    public void Table_of_different_values_round_trips() =>
        Gen.Int[0, 999].HashSet[0, 20].Sample(numbers =>
        {
            var table = new ValueTable(numbers.Select((number, index) => new ValuePair($"c{number}", index)));
            return table.Pairs.All(pair => table.ToIntegration(pair.Local) == pair.Integration
                && table.ToLocal(table.ToIntegration(pair.Local)) == pair.Local);
        });

    [Fact]
    public void Values_are_compared_as_texts_without_regard_to_letter_case()
    {
        var table = new ValueTable(new ValuePair(FieldValue.Integer(7), FieldValue.Text("Seven")));
        table.ToIntegration(FieldValue.Text(" 7 ")).Should().Be(FieldValue.Text("Seven"));
        table.ToIntegration(FieldValue.Decimal(7.0m)).Should().Be(FieldValue.Text("Seven"));
        table.ToLocal(FieldValue.Text("SEVEN")).Should().Be(FieldValue.Integer(7));
        table.ToLocal(FieldValue.Blank).Should().Be(FieldValue.Blank);
    }

    [Fact]
    public void Blank_can_be_paired() =>
        new ValueTable(new ValuePair(null, "None")).ToIntegration(FieldValue.Blank).Should().Be(FieldValue.Text("None"));

    [Fact]
    public async Task Unknown_value_fails_its_record_with_the_known_ones()
    {
        using var fixture = new ValueFixture(LocalText, IntegrationText, field => field.MapValues(
            new(new ValuePair("A", "Alpha"), new ValuePair("B", "Beta"))));
        _ = fixture.Items.Insert(("code", "A"));
        _ = fixture.Items.Insert(("code", "C"));
        (await fixture.FullAsync()).Counters.Failed.Should().Be(1);
        fixture.Row["kind"].Should().Be(FieldValue.Text("Alpha"));
        (await fixture.FailuresAsync()).Should().ContainSingle().Which.Error.Message.Should().EndWith("It contains 'A', 'B'.");
    }

    [Fact]
    public async Task Default_is_no_edit_of_the_source()
    {
        using var fixture = new ValueFixture(LocalText, IntegrationText, field => field.MapValues(new(new ValuePair("A", "Alpha"))
        {
            WhenUnmapped = UnmappedValuePolicy.UseDefault,
            DefaultForIntegration = FieldValue.Text("Other"),
            DefaultForLocal = FieldValue.Text("X"),
        }));
        _ = fixture.Items.Insert(("code", "C"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        (fixture.Item["code"], fixture.Row["kind"]).Should().Be((FieldValue.Text("C"), FieldValue.Text("Other")));
        fixture.Rows.Update(fixture.Row.Id, ("kind", "Gamma"));
        _ = await fixture.ModifiedAsync();
        fixture.Item["code"].Should().Be(FieldValue.Text("X"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Row["kind"].Should().Be(FieldValue.Text("Gamma"));
    }

    [Fact]
    public async Task Value_that_is_left_out_changes_neither_side()
    {
        using var fixture = new ValueFixture(LocalText, IntegrationText, field => field.MapValues(
            new(new ValuePair("A", "Alpha")) { WhenUnmapped = UnmappedValuePolicy.LeaveOut }));
        var item = fixture.Items.Insert(("code", "A"));
        _ = await fixture.ConvergeAsync();
        fixture.Items.Update(item.Id, ("code", "C"));
        var job = await fixture.ModifiedAsync();
        job.Counters.Failed.Should().Be(0);
        (await fixture.JobLog.ListErrorsAsync(job.Id, default)).Should().ContainSingle()
            .Which.Error.Code.Should().Be(SyncErrorCodes.FieldLeftOut);
        (fixture.Item["code"], fixture.Row["kind"]).Should().Be((FieldValue.Text("C"), FieldValue.Text("Alpha")));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Items.Update(item.Id, ("code", "A"));
        _ = await fixture.ConvergeAsync();
        (fixture.Item["code"], fixture.Row["kind"]).Should().Be((FieldValue.Text("A"), FieldValue.Text("Alpha")));
    }

    [Fact]
    public async Task Value_can_be_passed_on()
    {
        using var fixture = new ValueFixture(LocalText, IntegrationText, field => field.MapValues(
            new(new ValuePair("A", "Alpha")) { WhenUnmapped = UnmappedValuePolicy.PassOn }));
        _ = fixture.Items.Insert(("code", "C"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Row["kind"].Should().Be(FieldValue.Text("C"));
    }

    [Theory]
    [InlineData("number")]
    [InlineData("label")]
    [InlineData("other label")]
    public async Task Choice_is_found_by_its_number_and_by_its_labels(string named)
    {
        var gold = named == "number" ? new ValuePair("G", 1) : new ValuePair("G", named == "label" ? "gold" : "Guld");
        using var fixture = new ValueFixture(LocalText, Choice, field => field.MapValues(new(gold, new ValuePair("S", 2))));
        _ = fixture.Items.Insert(("code", "G"));
        _ = await fixture.ConvergeAsync();
        fixture.Row["kind"].Should().Be(FieldValue.Integer(1));
        fixture.Rows.Update(fixture.Row.Id, ("kind", FieldValue.Integer(2)));
        _ = await fixture.ModifiedAsync();
        fixture.Item["code"].Should().Be(FieldValue.Text("S"));
        fixture.Rows.Update(fixture.Row.Id, ("kind", FieldValue.Integer(1)));
        (await fixture.ModifiedAsync()).Counters.Failed.Should().Be(0);
        fixture.Item["code"].Should().Be(FieldValue.Text("G"));
    }

    [Fact]
    public async Task Pairs_that_contradict_each_other_are_refused_or_warned_of()
    {
        using var twice = new ValueFixture(LocalText, IntegrationText, field => field.MapValues(
            new(new ValuePair("A", "Alpha"), new ValuePair("a", "Beta"))));
        var validate = () => twice.Engine.ValidateAsync();
        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().ContainSingle()
            .Which.Should().Contain("'A'").And.Contain("local value");

        using var several = new ValueFixture(LocalText, IntegrationText, field => field.MapValues(
            new(new ValuePair("A", "Alpha"), new ValuePair("B", "Alpha"))));
        (await several.Engine.ValidateAsync()).Warnings.Should().ContainSingle().Which.Message.Should().Contain("'Alpha'");

        using var without = new ValueFixture(LocalText, IntegrationText, field => field.MapValues(
            new(new ValuePair("A", "Alpha")) { WhenUnmapped = UnmappedValuePolicy.UseDefault }));
        var defaults = () => without.Engine.ValidateAsync();
        (await defaults.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().HaveCount(2);
    }
}
