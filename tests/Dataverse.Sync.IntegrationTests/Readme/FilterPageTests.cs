using System.Text.RegularExpressions;

namespace Dataverse.Sync.IntegrationTests.Readme;

/// <summary>The examples of the page about filters are read as it says.</summary>
public sealed partial class FilterPageTests
{
    private static readonly string Page = File.ReadAllText(ReadmeTests.RepositoryFile("docs/concepts/filters.md"));

    [Fact]
    public void Texts_of_Business_Central_are_read() =>
        Examples("Filters of Business Central").Should().HaveCountGreaterThan(4).And.AllSatisfy(text => RecordFilter.Parse(text));

    [Fact]
    public void Conditions_are_read() =>
        Examples("Conditions").Where(text => !text.Contains('…')).Should().HaveCountGreaterThan(5).And.AllSatisfy(text => RecordFilter.Parse(text));

    [Fact]
    public void Expressions_are_read_and_written_in_a_form_that_stays() =>
        Examples("Expressions").Should().HaveCountGreaterThan(15).And.AllSatisfy(text =>
        {
            var filter = RecordFilter.Parse("field", text);
            RecordFilter.Parse(filter.ToText()).Should().Be(filter);
        });

    [Fact]
    public void What_is_not_supported_is_refused_or_no_value() =>
        Examples("Not supported").Where(text => text.StartsWith('%') || text.StartsWith('&')).Should().HaveCount(3)
            .And.AllSatisfy(text => RecordFilter.TryParse($"a={text}", out _).Should().BeFalse(text));

    private static List<string> Examples(string section)
    {
        var start = Page.IndexOf($"## {section}\n", StringComparison.Ordinal);
        var end = Page.IndexOf("\n## ", start + 3, StringComparison.Ordinal);
        return [.. Row().Matches(end < 0 ? Page[start..] : Page[start..end]).SelectMany(row => Code().Matches(row.Groups[1].Value)).Select(code => code.Groups[1].Value.Replace("\\|", "|"))];
    }

    [GeneratedRegex(@"^\| (.*?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(.*?)`")]
    private static partial Regex Code();
}
