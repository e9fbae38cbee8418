namespace Dataverse.Sync.Architecture.Tests;

/// <summary>
/// Every row of docs/concepts/business-central-parity.md is proved by a test that names its id, or explained by a line on the page
/// about differences that does.
/// </summary>
public sealed class ParityTests
{
    private static readonly string Repository = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(SourceFolder.Root))!;

    [Fact]
    public void Every_row_has_a_test_or_a_line_about_the_difference()
    {
        var rows = ParityPage.Rows(Page("business-central-parity.md"));

        rows.Should().NotBeEmpty();
        ParityCheck.Problems(
            rows,
            ParityPage.Ids(Page("differences-from-business-central.md")),
            ParityTraits.In(Path.Combine(Repository, "tests")))
            .Should().BeEmpty();
    }

    private static string Page(string name) => File.ReadAllText(Path.Combine(Repository, "docs", "concepts", name));
}
