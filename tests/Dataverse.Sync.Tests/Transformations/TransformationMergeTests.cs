using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Transformations;

/// <summary>What rules lose is no edit, and what a person edits is one.</summary>
public sealed class TransformationMergeTests
{
    private static readonly FieldSchema LocalText = new() { Name = "name", Type = FieldType.Text, MaxLength = 50 };
    private static readonly FieldSchema IntegrationText = new() { Name = "title", Type = FieldType.Text, MaxLength = 50 };

    [Fact]
    public async Task Form_that_a_rule_changes_is_no_edit()
    {
        using var fixture = Uppercase();
        var item = fixture.Items.Insert(("name", "Adatum"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        Values(fixture).Should().Be(("Adatum", "ADATUM"));

        fixture.Items.Update(item.Id, ("name", "AdaTum"));
        (await WritesOfModifiedAsync(fixture)).Should().Be(0);
        Values(fixture).Should().Be(("AdaTum", "ADATUM"));

        fixture.Rows.Update(fixture.Row.Id, ("title", "aDATUM"));
        (await WritesOfModifiedAsync(fixture)).Should().Be(0);
        Values(fixture).Should().Be(("AdaTum", "aDATUM"));
        (await fixture.ConvergeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Edit_of_either_side_travels()
    {
        using var fixture = Uppercase();
        var item = fixture.Items.Insert(("name", "Adatum"));
        _ = await fixture.ConvergeAsync();

        fixture.Items.Update(item.Id, ("name", "Contoso"));
        _ = await fixture.ModifiedAsync();
        Values(fixture).Should().Be(("Contoso", "CONTOSO"));

        fixture.Rows.Update(fixture.Row.Id, ("title", "Fabrikam"));
        (await fixture.ModifiedAsync()).Counters.Modified.Should().Be(1);
        Values(fixture).Should().Be(("Fabrikam", "Fabrikam"));
        (await fixture.ConvergeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Edits_that_differ_in_form_only_are_no_conflict()
    {
        using var fixture = Uppercase();
        var item = fixture.Items.Insert(("name", "Adatum"));
        _ = await fixture.ConvergeAsync();
        fixture.Items.Update(item.Id, ("name", "Contoso"));
        fixture.Rows.Update(fixture.Row.Id, ("title", "contoso"));
        (await fixture.ModifiedAsync()).Counters.Conflicted.Should().Be(0);
        Values(fixture).Should().Be(("Contoso", "contoso"));
        (await fixture.ConvergeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Records_that_exist_on_both_sides_agree_if_they_differ_in_form_only()
    {
        using var fixture = Uppercase();
        _ = fixture.Items.Insert(("number", "I900"), ("name", "Adatum"));
        _ = fixture.Rows.Insert(("number", "I900"), ("title", "adatum"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        Values(fixture).Should().Be(("Adatum", "adatum"));
    }

    [Fact]
    public async Task Target_of_a_one_way_field_gets_the_form_of_the_rules_again()
    {
        using var fixture = new ValueFixture(
            LocalText, IntegrationText, field => field.ToIntegration().TransformToIntegration(TransformationRules.Uppercase),
            mapping: mapping => mapping.Direction(SyncDirection.ToIntegrationTable));
        _ = fixture.Items.Insert(("name", "Adatum"));
        _ = await fixture.ConvergeAsync();
        fixture.Rows.Update(fixture.Row.Id, ("title", "adatum"));
        _ = await fixture.FullAsync();
        Values(fixture).Should().Be(("Adatum", "ADATUM"));
    }

    [Fact]
    public async Task Part_of_a_value_never_replaces_the_whole_by_itself()
    {
        using var fixture = Substring();
        var item = fixture.Items.Insert(("name", "Adatum Corporation"));
        (await fixture.ConvergeAsync()).Should().Be(0);
        Values(fixture).Should().Be(("Adatum Corporation", "Ada"));

        fixture.Items.Update(item.Id, ("name", "Adatum Limited"));
        (await WritesOfModifiedAsync(fixture)).Should().Be(0);
        Values(fixture).Should().Be(("Adatum Limited", "Ada"));
    }

    [Fact]
    public async Task Edit_of_the_part_replaces_the_whole_which_is_kept_as_a_resolved_conflict()
    {
        using var fixture = Substring();
        _ = fixture.Items.Insert(("name", "Adatum Corporation"));
        _ = await fixture.ConvergeAsync();
        fixture.Rows.Update(fixture.Row.Id, ("title", "Contoso"));
        _ = await fixture.ModifiedAsync();
        Values(fixture).Should().Be(("Contoso", "Contoso"));
        var kept = (await ConflictsAsync(fixture)).Should().ContainSingle().Which;
        kept.Fields.Should().ContainSingle().Which.Local.Should().Be(FieldValue.Text("Adatum Corporation"));
        (await fixture.ConvergeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Chains_run_in_order_and_per_direction()
    {
        using var fixture = new ValueFixture(LocalText, IntegrationText, field => field
            .TransformToIntegration(TransformationRules.Trim, TransformationRules.Replace("-", " "), TransformationRules.TitleCase)
            .TransformFromIntegration(TransformationRules.Custom("Dashes", value => FieldValue.Text(value.ToString().Replace(' ', '-')))));
        _ = fixture.Items.Insert(("name", " adatum-corp "));
        _ = await fixture.ConvergeAsync();
        Values(fixture).Should().Be((" adatum-corp ", "Adatum Corp"));
        fixture.Rows.Update(fixture.Row.Id, ("title", "Contoso Ltd"));
        _ = await fixture.ModifiedAsync();
        Values(fixture).Should().Be(("Contoso-Ltd", "Contoso Ltd"));
        (await fixture.ConvergeAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Rules_join_types_that_no_conversion_joins()
    {
        var date = new FieldSchema { Name = "due", Type = FieldType.Date };
        using var fixture = new ValueFixture(
            date, IntegrationText, field => field.Transform(SyncDirection.Bidirectional, TransformationRules.DateFormatting("dd.MM.yyyy")));
        var item = fixture.Items.Insert(("due", FieldValue.Date(new(2026, 3, 15))));
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Row["title"].Should().Be(FieldValue.Text("15.03.2026"));
        fixture.Rows.Update(fixture.Row.Id, ("title", "16.3.2026"));
        (await fixture.ModifiedAsync()).Counters.Failed.Should().Be(1);
        fixture.Rows.Update(fixture.Row.Id, ("title", "16.03.2026"));
        _ = await fixture.ModifiedAsync();
        fixture.Items.Find(item.Id)!["due"].Should().Be(FieldValue.Date(new(2026, 3, 16)));
    }

    [Fact]
    public async Task Rule_sees_the_label_of_a_choice()
    {
        var choice = new FieldSchema
        {
            Name = "kind",
            Type = FieldType.Choice,
            Options = [new(FieldValue.Integer(1), "Gold"), new(FieldValue.Integer(2), "Silver")],
        };
        using var fixture = new ValueFixture(LocalText, choice, field => field
            .TransformToIntegration(TransformationRules.TitleCase).TransformFromIntegration(TransformationRules.Uppercase));
        _ = fixture.Items.Insert(("name", "gold"));
        _ = await fixture.ConvergeAsync();
        fixture.Row["kind"].Should().Be(FieldValue.Integer(1));
        fixture.Rows.Update(fixture.Row.Id, ("kind", FieldValue.Integer(2)));
        _ = await fixture.ModifiedAsync();
        fixture.Item["name"].Should().Be(FieldValue.Text("SILVER"));
    }

    [Fact]
    public async Task Rule_that_throws_fails_its_record_only()
    {
        using var fixture = new ValueFixture(LocalText, IntegrationText, field => field.TransformToIntegration(
            TransformationRules.Custom("Picky", value => value.ToString() == "bad" ? throw new InvalidCastException("x") : value)));
        _ = fixture.Items.Insert(("name", "bad"));
        _ = fixture.Items.Insert(("name", "good"));
        (await fixture.FullAsync()).Counters.Failed.Should().Be(1);
        fixture.Row["title"].Should().Be(FieldValue.Text("good"));
        (await fixture.FailuresAsync()).Should().ContainSingle().Which.Error.Code.Should().Be(SyncErrorCodes.ValueNotConvertible);
    }

    [Fact]
    public async Task Rules_that_are_wrong_or_cannot_lead_back_are_refused_together()
    {
        var date = new FieldSchema { Name = "due", Type = FieldType.Date };
        using var fixture = new ValueFixture(date, IntegrationText, field => field.TransformToIntegration(
            TransformationRules.RegexMatch("("), TransformationRules.Round(-1)));
        var validate = () => fixture.Engine.ValidateAsync();
        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Problems.Should().HaveCount(3)
            .And.Contain(problem => problem.Contains("RegexMatch"))
            .And.Contain(problem => problem.Contains("Round"))
            .And.Contain(problem => problem.Contains("rules in each direction"));
    }

    [Fact]
    public async Task Rule_that_loses_a_part_of_a_two_way_field_is_warned_of()
    {
        using var fixture = Substring();
        var report = await fixture.Engine.ValidateAsync();
        report.Warnings.Should().ContainSingle().Which.Message.Should().Contain("Substring");
        using var oneWay = new ValueFixture(
            LocalText, IntegrationText, field => field.TransformToIntegration(TransformationRules.Substring(1, 3)),
            mapping: mapping => mapping.Direction(SyncDirection.ToIntegrationTable));
        (await oneWay.Engine.ValidateAsync()).Warnings.Should().BeEmpty();
    }

    private static ValueFixture Uppercase() => new(
        LocalText, IntegrationText, field => field.TransformToIntegration(TransformationRules.Uppercase));

    private static ValueFixture Substring() => new(
        LocalText, IntegrationText, field => field.TransformToIntegration(TransformationRules.Substring(1, 3)));

    private static (string Local, string Integration) Values(ValueFixture fixture) =>
        (fixture.Item["name"].ToString(), fixture.Row["title"].ToString());

    private static Task<long> WritesOfModifiedAsync(ValueFixture fixture) => fixture.WritesOfAsync(fixture.ModifiedAsync);

    private static async Task<List<RecordConflict>> ConflictsAsync(ValueFixture fixture)
    {
        var conflicts = new List<RecordConflict>();
        await foreach (var conflict in fixture.Engine.Issues.ListConflictsAsync("ITEM", includeResolved: true))
        {
            conflicts.Add(conflict);
        }

        return conflicts;
    }
}
