using CsCheck;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing.Tests;

public sealed class StringSemanticsTests
{
    [Theory]
    [InlineData("50% off", "50[%]", true)]
    [InlineData("50 off", "50[%]", false)]
    [InlineData("50 percent off", "50%off", true)]
    [InlineData("a_b", "a[_]b", true)]
    [InlineData("axb", "a[_]b", false)]
    [InlineData("axb", "a_b", true)]
    [InlineData("a[b", "a[[]b", true)]
    [InlineData("cat", "[a-d]at", true)]
    [InlineData("bat", "[^a-d]at", false)]
    [InlineData("CAT", "[a-d]at", true)]
    [InlineData("a[b", "a[b", false)]
    [InlineData("a.b*c\\", ".b*c\\", true)]
    [InlineData("line\r\nbreak", "e%b", true)]
    public void Like_search_texts_have_the_wildcards_of_SQL(string text, string search, bool expected) =>
        StringSemantics.Like.Contains(text, search).Should().Be(expected);

    [Fact]
    public void Like_anchors_at_the_start_and_at_the_end()
    {
        StringSemantics.Like.StartsWith("Adatum", "ada").Should().BeTrue();
        StringSemantics.Like.StartsWith("Adatum", "tum").Should().BeFalse();
        StringSemantics.Like.EndsWith("Adatum", "TUM").Should().BeTrue();
        StringSemantics.Like.EndsWith("Adatum", "ada").Should().BeFalse();
    }

    [Fact]
    public void Ordinal_distinguishes_letter_case_and_ignore_case_does_not()
    {
        StringSemantics.Ordinal.Contains("Adatum", "ADA").Should().BeFalse();
        StringSemantics.IgnoreCase.Contains("Adatum", "ADA").Should().BeTrue();
        StringSemantics.IgnoreCase.Compare("a", "A").Should().Be(0);
        StringSemantics.Ordinal.Compare("a", "A").Should().NotBe(0);
    }

    [Fact]
    public void A_text_escaped_with_brackets_finds_exactly_what_a_plain_search_finds() =>
        Gen.Select(Gen.String[Gen.Char["ab%_[]^-.\\"], 0, 8], Gen.String[Gen.Char["ab%_[]^-.\\"], 0, 3])
            .Sample((text, search) =>
        {
            var escaped = string.Concat(
                search.Select(character => character is '%' or '_' or '[' ? $"[{character}]" : character.ToString()));

            return StringSemantics.Like.Contains(text, escaped) == StringSemantics.IgnoreCase.Contains(text, search)
                && StringSemantics.Like.StartsWith(text, escaped) == StringSemantics.IgnoreCase.StartsWith(text, search)
                && StringSemantics.Like.EndsWith(text, escaped) == StringSemantics.IgnoreCase.EndsWith(text, search);
        });
}
