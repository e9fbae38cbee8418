using CsCheck;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http.Tests;

public sealed class FullNameSplitterTests
{
    private static readonly FullNameSplitter Three = new(50, 50, 50);
    private static readonly FullNameSplitter Two = new(50, null, 50);

    private static readonly Gen<string> Words = Gen.Char.AlphaNumeric.Array[1, 30].Select(letters => new string(letters));
    private static readonly Gen<string> Names = Words.Array[1, 7].Select(words => string.Join(' ', words));

    [Theory]
    [InlineData("Teal", null, null, "Teal")]
    [InlineData("Andy Teal", "Andy", null, "Teal")]
    [InlineData("Ms. Tammy L. McDonald", "Ms. Tammy L.", null, "McDonald")]
    [InlineData(
        "Maximiliane-Theodora Aurelia Wilhelmina Freifrau von Hohenstein-Westernhagen-Donaudampfschifffahrtsg",
        "Maximiliane-Theodora Aurelia Wilhelmina Freifrau",
        "von",
        "Hohenstein-Westernhagen-Donaudampfschifffahrtsg")]
    [InlineData("A  B", null, null, "A  B")]
    public void Split_keeps_words_whole_and_uses_the_middle_name_last(string text, string? first, string? middle, string last) =>
        Three.Split(text).Should().Be(new FullName(first, middle, last));

    [Theory]
    [InlineData("")]
    [InlineData(" Andy Teal")]
    [InlineData("Andy Teal ")]
    [InlineData("Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk")]
    public void Split_of_a_text_that_would_not_come_back_gives_nothing(string text) => Three.Split(text).Should().BeNull();

    [Fact]
    public void Split_uses_no_middle_name_where_the_service_joins_without_it()
    {
        var text = $"{new string('a', 40)} {new string('b', 40)} {new string('c', 40)}";

        Two.Split(text).Should().BeNull();
        Three.Split(text)!.Value.Middle.Should().HaveLength(40);
    }

    [Fact]
    public void Fit_cuts_only_what_no_split_gives_back()
    {
        const string text = "Maximiliane-Theodora Aurelia Wilhelmina Freifrau von Hohenstein-Westernhagen-Donaudampfschifffahrtsg";

        Two.Fit(text).ToString().Should().Be(text[..99]);
        Two.Fit(new string('a', 80)).Last.Should().HaveLength(50);
        Two.Fit(" Ada  Lovelace ").Should().Be(new FullName("Ada", null, "Lovelace"));
    }

    [Fact]
    public void Fit_gives_back_every_text_that_has_a_split_and_fits_the_columns() => Names.Where(text => text.Trim().Length > 0).Sample(text =>
    {
        foreach (var splitter in new[] { Two, Three })
        {
            var name = splitter.Fit(text);
            new[] { name.First ?? string.Empty, name.Middle ?? string.Empty, name.Last }.Should().OnlyContain(part => part.Length <= 50);
            if (splitter.Split(text) is not null)
            {
                name.ToString().Should().Be(text);
            }
        }
    });

    [Fact]
    public void Split_is_undone_by_the_join_and_fits_the_columns() => Names.Sample(text =>
    {
        foreach (var splitter in new[] { Two, Three })
        {
            if (splitter.Split(text) is { } name)
            {
                name.ToString().Should().Be(text);
                new[] { name.First, name.Middle, name.Last }.Should().OnlyContain(part => part == null || (part.Length > 0 && part.Length <= 50));
                (splitter == Two && name.Middle is not null).Should().BeFalse();
            }
        }
    });

    [Fact]
    public void Split_finds_a_split_whenever_there_is_one() => Names.Where(text => text.Contains(' ')).Sample(text =>
        (Three.Split(text) is not null).Should().Be(Splits(text).Any(name => name.All(part => part.Length <= 50))));

    private static IEnumerable<string[]> Splits(string text)
    {
        var words = text.Split(' ');
        for (var first = 0; first <= words.Length; first++)
        {
            for (var last = Math.Max(first, 1); last < words.Length; last++)
            {
                yield return [string.Join(' ', words[..first]), string.Join(' ', words[first..last]), string.Join(' ', words[last..])];
            }
        }

        yield return [text];
    }
}
