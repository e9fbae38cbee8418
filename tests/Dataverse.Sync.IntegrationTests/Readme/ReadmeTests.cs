using System.Text.RegularExpressions;

namespace Dataverse.Sync.IntegrationTests.Readme;

public sealed partial class ReadmeTests
{
    [Fact]
    public void Readme_shows_the_example_that_is_compiled()
    {
        var shown = Block().Match(File.ReadAllText(RepositoryFile("README.md"))).Groups[1].Value;
        var compiled = Marked().Match(File.ReadAllText(RepositoryFile("tests/Dataverse.Sync.IntegrationTests/Readme/ReadmeExample.cs"))).Groups[1].Value;

        Words(shown).Should().Be(Words(compiled));
    }

    [Fact]
    public void Page_about_the_organization_service_shows_the_examples_that_are_compiled()
    {
        var shown = Block().Matches(File.ReadAllText(RepositoryFile("docs/connectors/organization-service.md")));
        var compiled = Marked().Matches(File.ReadAllText(RepositoryFile("tests/Dataverse.Sync.IntegrationTests/Readme/OrganizationServiceExample.cs")));

        shown.Select(match => Words(match.Groups[1].Value)).Should().Equal(compiled.Select(match => Words(match.Groups[1].Value)));
    }

    [Fact]
    public void Page_about_mappings_as_data_shows_the_examples_that_are_compiled()
    {
        var shown = Block().Matches(File.ReadAllText(RepositoryFile("docs/concepts/configuration.md")));
        var compiled = Marked().Matches(File.ReadAllText(RepositoryFile("tests/Dataverse.Sync.IntegrationTests/Readme/ConfigurationExample.cs")));

        shown.Select(match => Words(match.Groups[1].Value)).Should().Equal(compiled.Select(match => Words(match.Groups[1].Value)));
    }

    private static string Words(string code) => Spaces().Replace(code, " ").Trim();

    internal static string RepositoryFile(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dataverse.Sync.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, path);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("// begin\n(.*?)// end", RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
