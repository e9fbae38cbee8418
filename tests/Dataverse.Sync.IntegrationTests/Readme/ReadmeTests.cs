namespace Dataverse.Sync.IntegrationTests;

public sealed class ReadmeTests
{
    [Fact]
    public async Task Program_in_the_readme_creates_the_account_it_previews()
    {
        using var console = new StringWriter();

        await ReadmeExample.RunAsync(console);

        console.ToString().Should().Contain("would Insert account in the Integration system").And.Contain("CUSTOMER: 1 inserted, 0 modified, 0 failed");
    }

    [Fact]
    public void Program_in_the_readme_is_the_one_that_is_compiled()
    {
        var repository = FindRepository();
        var readme = File.ReadAllText(Path.Combine(repository, "README.md"));
        var compiled = File.ReadAllText(Path.Combine(repository, "tests", "Dataverse.Sync.IntegrationTests", "Readme", "ReadmeExample.cs"));

        var shown = readme.Split("```csharp")[1].Split("```")[0].Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal)).ToList();

        shown.Should().HaveCountGreaterThan(20);
        string.Join('\n', compiled.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)).Should().Contain(string.Join('\n', shown));
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Dataverse.Sync.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
