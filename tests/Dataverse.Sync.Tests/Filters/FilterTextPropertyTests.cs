using CsCheck;

namespace Dataverse.Sync.Tests;

/// <summary>Filters survive their text, whatever their values contain.</summary>
public sealed class FilterTextPropertyTests
{
    private const string Awkward = "aB'\"*?@[]()=<>|&,.% \t-+5é\u0130\u00a0東\u2028";

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char[Awkward], 1, 8],
        Gen.String[1, 8],
        OneOf("..", "a..", "..a", "&&", "%me", "[*]", "[[]", "O'Brien", "FILTER(x)", "NOT(", "1..2", "'", "''", "0D"));

    private static readonly Gen<string> Names = Gen.OneOf(
        OneOf("name", "No.", "Credit Limit (LCY)", "NOT", "where", "a\"b", "a,b", "ALL(x", "=", " x "),
        Gen.String[Gen.Char[Awkward], 1, 6]);

    private static readonly Gen<RecordFilter> Leaves = Gen.OneOf(
        Gen.Select(Names, Texts, Gen.Enum<ComparisonOperator>()).Select((name, text, comparison) => Untyped(name, text, comparison)),
        Gen.Select(Names, name => RecordFilter.IsBlank(name)),
        Gen.Select(Names, name => RecordFilter.IsNotBlank(name)),
        Gen.Select(Names, Patterns(), Gen.Bool, RecordFilter.Like).Where(filter => filter is TextPattern or FieldComparison { Operator: not ComparisonOperator.Equal }),
        Gen.Select(Names, Names, RecordFilter.RefersTo));

    private static readonly Gen<RecordFilter> Filters = Gen.Recursive<RecordFilter>((depth, inner) => depth > 4
        ? Leaves
        : Gen.OneOf(
            Leaves,
            Leaves.Select(filter => OnOneField(filter, filter.Not())),
            inner.Select(filter => filter.Not()),
            inner.Array[0, 3].Select(filters => RecordFilter.All(filters)),
            inner.Array[0, 3].Select(filters => RecordFilter.Any(filters))));

    [Fact]
    public void Filter_of_a_text_is_equal_to_that_of_its_own_text() => Filters.Sample(filter =>
        RecordFilter.Parse(filter.ToText()).Equals(filter) && RecordFilter.Parse(filter.ToText()).GetHashCode() == filter.GetHashCode());

    [Fact]
    public void Text_that_can_be_read_is_written_in_a_form_that_stays() => Gen.OneOf(
        Gen.String[Gen.Char["ab1'\"*?@[]()=<>|&,. "], 0, 20].Select(text => "a=" + text),
        Gen.String[Gen.Char["ab1'\"*?@[]()=<>|&,. "], 0, 20]).Sample(text =>
    {
        if (RecordFilter.TryParse(text, out var filter))
        {
            var written = filter.ToText();
            RecordFilter.Parse(written).Should().Be(filter);
            RecordFilter.Parse(written).ToText().Should().Be(written);
        }
    });

    [Fact]
    public void Typed_filter_selects_the_same_records_after_it_was_a_text() => Gen.Select(
        Gen.Enum<ComparisonOperator>(), Values.Any, Values.Few, Gen.Bool).Sample((comparison, value, other, isSame) =>
    {
        var actual = isSame ? value : other;
        if (value.Kind != actual.Kind || string.IsNullOrWhiteSpace(value.ToString()))
        {
            return;
        }

        var isPart = comparison is ComparisonOperator.StartsWith or ComparisonOperator.Contains;
        var filter = RecordFilter.Compare("a", comparison, isPart ? FieldValue.Text(value.ToString()) : value);
        var record = new TableRecord(new RecordLayout("t", ["a"]), Guid.Empty, [actual]);
        RecordFilter.Parse(filter.ToText()).Matches(record).Should().Be(filter.Matches(record), filter.ToText());
    });

    [Fact]
    public void Pattern_that_begins_with_a_text_matches_what_begins_with_it() => Gen.Select(Texts, Texts).Sample((text, other) =>
    {
        var pattern = RecordFilter.Parse(RecordFilter.Like("a", Escape(text) + "*?").ToText());
        Matches(pattern, text + other).Should().BeTrue(pattern.ToText());
        Matches(pattern, text).Should().BeFalse();
    });

    [Fact]
    public void Pattern_agrees_with_a_regular_expression() => Gen.Select(
        Gen.String[Gen.Char["aAb*?"], 0, 8], Gen.String[Gen.Char["aAbB"], 0, 8]).Sample((pattern, text) =>
    {
        var regex = "\\A" + pattern.Replace("*", ".*").Replace("?", ".") + "\\z";
        var expected = System.Text.RegularExpressions.Regex.IsMatch(text, regex, System.Text.RegularExpressions.RegexOptions.IgnoreCase);
        Matches(RecordFilter.Like("a", pattern), text).Should().Be(expected);
        Matches(RecordFilter.Like("a", pattern, ignoresAccents: true), text).Should().Be(expected);
    });

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static Gen<string> Patterns() => Gen.String[Gen.Char["aB*?@'&| [é"], 1, 8];

    private static string Escape(string text) => string.Concat(text.Select((character, place) =>
        character is '*' or '?' or '[' || (character == '@' && place == 0) ? $"[{character}]" : $"{character}"));

    private static bool Matches(RecordFilter filter, string text) =>
        filter.Matches(new(new RecordLayout("t", ["a"]), Guid.Empty, [FieldValue.Text(text)]));

    private static RecordFilter OnOneField(RecordFilter filter, RecordFilter other) =>
        RecordFilter.Any(filter, RecordFilter.All(filter, other, RecordFilter.Any(other, filter)), filter);

    // Through the text, since only a text makes such a filter.
    private static RecordFilter Untyped(string name, string text, ComparisonOperator comparison)
    {
        if (comparison is ComparisonOperator.StartsWith or ComparisonOperator.Contains)
        {
            return RecordFilter.Compare(name, comparison, FieldValue.Text(text));
        }

        var isBlank = string.IsNullOrWhiteSpace(text) && comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
        return RecordFilter.Parse(RecordFilter.Compare(name, comparison, isBlank ? FieldValue.Blank : FieldValue.Text(text)).ToText());
    }
}
