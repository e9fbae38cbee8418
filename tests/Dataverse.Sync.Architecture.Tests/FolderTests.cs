namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The folders of every project form layers: none depends, directly or through others, on a folder that depends on it.</summary>
public sealed class FolderTests
{
    public static TheoryData<string> Trees => [.. SourceFolder.Trees];

    [Theory]
    [MemberData(nameof(Trees))]
    public void Folders_refer_to_each_other_in_no_circle(string tree) =>
        FolderCircle.Find(FolderReferences.Of(SourceFolder.Read(tree))).Select(circle => $"{circle}").Should().BeEmpty();

    // A reference that does not bind is no reference to the test above.
    [Theory]
    [MemberData(nameof(Trees))]
    public void Names_in_the_sources_are_resolved(string tree) =>
        SourceFolder.Read(tree).UnresolvedNames.Select(error => $"{error}").Should().BeEmpty();

    [Fact]
    public void Every_project_and_the_shared_sources_are_covered() =>
        SourceFolder.Trees.Should().Contain(["Dataverse.Sync", "Dataverse.Sync.Sqlite", "Shared"])
            .And.Contain(Directory.EnumerateFiles(SourceFolder.Path, "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension));
}
