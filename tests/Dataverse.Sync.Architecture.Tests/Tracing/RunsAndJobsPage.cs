using System.Text.RegularExpressions;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The page <c>docs/concepts/runs-and-jobs.md</c>.</summary>
internal static partial class RunsAndJobsPage
{
    private static readonly string Text =
        File.ReadAllText(Path.Combine(SourceFolder.Root, "..", "docs", "concepts", "runs-and-jobs.md"));

    /// <summary>
    /// The classes that the page names between the comments <c>&lt;!-- section --&gt;</c> and <c>&lt;!-- end --&gt;</c>.
    /// </summary>
    public static IReadOnlyList<string> ClassesIn(string section)
    {
        var start = Text.IndexOf($"<!-- {section} -->", StringComparison.Ordinal);
        start.Should().BeGreaterThanOrEqualTo(0, "the page has the section '{0}'", section);
        var end = Text.IndexOf("<!-- end -->", start, StringComparison.Ordinal);
        end.Should().BeGreaterThan(start, "the section '{0}' has an end", section);
        return [.. Name().Matches(Text[start..end]).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Name();
}
