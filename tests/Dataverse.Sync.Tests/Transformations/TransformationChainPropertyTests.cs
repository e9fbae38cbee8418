using CsCheck;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Transformations;

/// <summary>Whatever rules a field has in whichever directions, values change only when somebody changed them.</summary>
public sealed class TransformationChainPropertyTests
{
    private static readonly ITransformationRule[] Rules =
    [
        TransformationRules.Uppercase, TransformationRules.Lowercase, TransformationRules.TitleCase, TransformationRules.Trim,
        TransformationRules.RemoveNonAlphanumeric, TransformationRules.Substring(1, 3), TransformationRules.Replace("a", "b"),
        TransformationRules.RegexMatch("[a-z]+"),
        TransformationRules.Custom("Doubles", value => FieldValue.Text($"{value}{value}")),
    ];

    private static readonly Gen<ITransformationRule[]> Chain = Gen.Int[0, Rules.Length - 1].Select(place => Rules[place]).Array[0, 3];
    private static readonly Gen<string> Text = Gen.String[Gen.Char["aAbB -1é"], 0, 6];

    [Fact]
    public void Runs_after_an_edit_write_the_other_side_once_and_then_nothing() =>
        Gen.Select(Chain, Chain, Text, Text, Gen.Bool).Sample(
            (toIntegration, toLocal, first, second, isLocal) =>
                CheckAsync(toIntegration, toLocal, first, second, isLocal).GetAwaiter().GetResult(),
            iter: 60,
            threads: 1);

    private static async Task CheckAsync(
        ITransformationRule[] toIntegration, ITransformationRule[] toLocal, string first, string second, bool isLocal)
    {
        using var fixture = new ValueFixture(
            new() { Name = "name", Type = FieldType.Text, MaxLength = 100 },
            new() { Name = "title", Type = FieldType.Text, MaxLength = 100 },
            field => field.TransformToIntegration(toIntegration).TransformFromIntegration(toLocal));
        var item = fixture.Items.Insert(("name", first));
        var inserted = fixture.Item["name"];
        (await fixture.ConvergeAsync()).Should().Be(0);
        fixture.Item["name"].Should().Be(inserted);
        if (isLocal)
        {
            fixture.Items.Update(item.Id, ("name", second));
        }
        else
        {
            fixture.Rows.Update(fixture.Row.Id, ("title", second));
        }

        var edited = isLocal ? fixture.Item["name"] : fixture.Row["title"];
        (await fixture.ConvergeAsync()).Should().Be(0);
        (isLocal ? fixture.Item["name"] : fixture.Row["title"]).Should().Be(edited);
    }
}
