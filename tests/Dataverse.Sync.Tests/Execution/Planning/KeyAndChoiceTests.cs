using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Planning;

/// <summary>Keys that do not fit, texts that are cut, and options without a counterpart.</summary>
public sealed class KeyAndChoiceTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Codes_that_are_too_long_fail_and_are_never_cut(bool isCodeThere)
    {
        var code = new FieldSchema { Name = "code", Type = FieldType.Text, MaxLength = 10, IsCode = !isCodeThere };
        var column = new FieldSchema { Name = "isocode", Type = FieldType.Text, MaxLength = 5, IsCode = isCodeThere };
        using var systems = new ValueFixture(code, column);
        _ = systems.Items.Insert(("code", "USDOLD1"));
        _ = systems.Items.Insert(("code", "USDOLD2"));
        _ = systems.Items.Insert(("code", "EUR"));

        var job = await systems.FullAsync();

        job.Counters.Should().BeEquivalentTo(new { Inserted = 1, Failed = 2 });
        systems.Row["isocode"].AsText().Should().Be("EUR");
        var failures = await systems.FailuresAsync();
        failures.Should().HaveCount(2).And.AllSatisfy(failure =>
        {
            failure.Error.Code.Should().Be(SyncErrorCodes.ValueNotConvertible);
            failure.Error.Message.Should().Contain("'code>isocode'").And.Contain("7 characters").And.Contain("at most 5").And.NotContain("USDOLD");
        });
    }

    [Fact]
    [Trait("parity", "BC-2.2-03")]
    public async Task Free_text_is_cut_and_the_longer_text_stays_on_its_own_side()
    {
        using var systems = new ValueFixture(NewText("value", 100), NewText("value", 10));
        _ = systems.Items.Insert(("value", "A name of many words"));

        (await systems.ConvergeAsync()).Should().Be(0);
        (systems.Item["value"].AsText(), systems.Row["value"].AsText()).Should().Be(("A name of many words", "A name of "));
    }

    [Theory]
    [InlineData("Rot", 1)]
    [InlineData(" red ", 1)]
    [InlineData("gru\u0308n", 2)]
    public async Task Labels_match_in_every_language_and_in_normal_form_C(string label, long option)
    {
        using var systems = new ValueFixture(NewText("value", 100), Colors);
        _ = systems.Items.Insert(("value", label));

        (await systems.ConvergeAsync()).Should().Be(0);
        (systems.Item["value"].AsText(), systems.Row["value"].AsInteger()).Should().Be((label, option));
    }

    [Fact]
    public async Task Choices_whose_labels_are_in_different_languages_match()
    {
        var german = new FieldSchema
        {
            Name = "value",
            Type = FieldType.Choice,
            Options = [new(FieldValue.Text("Rot"), "Rot") { OtherLabels = ["Rouge"] }, new(FieldValue.Text("Verde"), "Verde") { OtherLabels = ["GREEN"] }],
        };
        using var systems = new ValueFixture(german, Colors);
        _ = systems.Items.Insert(("value", "Rot"));
        _ = systems.Rows.Insert(("value", 2));

        (await systems.ConvergeAsync()).Should().Be(0);
        systems.Rows.Records.Select(row => row["value"].AsInteger()).Should().BeEquivalentTo([1L, 2L]);
        systems.Items.Records.Select(item => item["value"].AsText()).Should().BeEquivalentTo(["Rot", "Verde"]);
    }

    [Fact]
    public async Task Option_without_counterpart_fails_naming_the_field_and_the_known_options()
    {
        using var systems = new ValueFixture(NewText("value", 100), Colors);
        _ = systems.Items.Insert(("value", "Mauve"));

        _ = await systems.FullAsync();

        (await systems.FailuresAsync()).Should().ContainSingle().Which.Error.Message
            .Should().Contain("'value>value'").And.Contain("'Red', 'Green'").And.NotContain("Mauve");
    }

    [Fact]
    public async Task Option_that_its_own_schema_does_not_know_fails_naming_the_known_options()
    {
        using var systems = new ValueFixture(NewText("value", 100), Colors);
        var stale = systems.Rows.Schema.Find("value")!;
        stale.Options.Should().HaveCount(2);
        var convert = () => Sync.Execution.ValueConversion.Convert(FieldValue.Integer(3), stale, NewText("value", 100));

        convert.Should().Throw<FormatException>().Which.Message.Should().Contain("'value'").And.Contain("'Red', 'Green'");
        await Task.CompletedTask;
    }

    [Fact]
    [Trait("parity", "BC-1.3-06")]
    public async Task Clearing_references_and_skipping_blanks_together_is_refused()
    {
        using var crm = new EngineFixture(mapping =>
        {
            var lookup = new LookupMapping { Via = ["SALESPERSON"], LocalKey = "code", ClearsWhenNotCoupled = true };
            _ = mapping.Lookup("website", "ownerid", lookup, field => field.SkipBlank());
        });

        var validate = () => crm.Engine.ValidateAsync();

        (await validate.Should().ThrowAsync<SyncConfigurationException>()).Which.Message.Should().Contain("website>ownerid");
    }

    private static FieldSchema Colors => new()
    {
        Name = "value",
        Type = FieldType.Choice,
        Options = [new(FieldValue.Integer(1), "Red") { OtherLabels = ["Rot"] }, new(FieldValue.Integer(2), "Green") { OtherLabels = ["Grün"] }],
    };

    private static FieldSchema NewText(string name, int length) => new() { Name = name, Type = FieldType.Text, MaxLength = length };
}
