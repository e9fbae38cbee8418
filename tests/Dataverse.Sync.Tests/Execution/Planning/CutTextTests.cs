using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Planning;

/// <summary>Texts that are longer than the field of the other side.</summary>
public sealed class CutTextTests
{
    private const TextNormalization DataverseForm =
        TextNormalization.TrimsStart | TextNormalization.TrimsEnd | TextNormalization.StoresLineFeeds;

    private static readonly FieldSchema Long = new() { Name = "value", Type = FieldType.Text, MaxLength = 100 };

    private static readonly FieldSchema Short = Long with { MaxLength = 10 };

    [Theory]
    [InlineData("123456789\U0001F600", "123456789")]
    [InlineData("12345678\U0001F468\u200D\U0001F469\u200D\U0001F467", "12345678")]
    [InlineData("123456789x\u0301yz", "123456789")]
    [InlineData("123456789 x", "123456789")]
    [InlineData("12345678\r\n\r\nx", "12345678")]
    public async Task Cut_text_has_the_form_that_is_stored_so_that_it_is_no_edit(string text, string stored)
    {
        using var systems = new ValueFixture(Long, Short with { TextNormalization = DataverseForm });
        _ = systems.Items.Insert(("value", text));

        (await systems.ConvergeAsync()).Should().Be(0);

        (systems.Item["value"].AsText(), systems.Row["value"].AsText()).Should().Be((text, stored));
    }

    [Theory]
    [InlineData("Mu\u0308ller & Ko", "M\u00FCller & Ko")]
    [InlineData("Strasse\r\n12", "Strasse\n12")]
    public async Task Text_is_not_cut_if_a_shorter_form_of_it_fits(string text, string stored)
    {
        using var systems = new ValueFixture(Long, Short with { MaxLength = stored.Length });
        _ = systems.Items.Insert(("value", text));

        var job = await systems.FullAsync();

        job.CutTexts.Should().Be(0);
        (await systems.ConvergeAsync()).Should().Be(0);
        (systems.Item["value"].AsText(), systems.Row["value"].AsText()).Should().Be((text, stored));
    }

    [Fact]
    public async Task Two_forms_of_a_long_name_match_by_the_same_cut_form()
    {
        using var systems = new ValueFixture(Long, Short, field => field.UseForMatching(1));
        _ = systems.Items.Insert(("number", "A"), ("value", "Mu\u0308ller & Sons Ltd"));
        _ = systems.Rows.Insert(("value", "M\u00FCller & S"));

        (await systems.FullAsync()).Counters.Coupled.Should().Be(1);
    }

    [Fact]
    public async Task Texts_that_are_cut_are_counted_when_they_are_written_and_in_a_preview()
    {
        using var systems = new ValueFixture(Long, Short);
        var item = systems.Items.Insert(("value", "A name of many words")).Id;
        _ = systems.Items.Insert(("value", "A name"));

        var preview = await systems.Engine.PreviewAsync("ITEM", SyncJobKind.Full);
        var full = await systems.FullAsync();
        var again = await systems.FullAsync();
        _ = systems.Items.Update(item, ("value", "Another name of many words"));
        var modified = await systems.ModifiedAsync();

        new[] { preview.Jobs[0], full, again, modified }.Select(job => job.CutTexts).Should().Equal(1, 1, 0, 1);
        full.Counters.Inserted.Should().Be(2);
        (await systems.JobLog.ListAsync(systems.Engine.Scope.Name, "ITEM", 10, default)).Sum(job => job.CutTexts).Should().Be(2);
    }
}
