namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The folders of every project form layers: no two depend on each other, directly or through others.</summary>
public sealed class FolderTests
{
    public static TheoryData<string> Trees => [.. SourceFolder.Trees];

    [Theory]
    [MemberData(nameof(Trees))]
    public void Folders_refer_to_each_other_in_no_circle(string tree) =>
        FolderCircle.Find(FolderReferences.Of(SourceFolder.Read(tree)))
            .Select(circle => $"{circle}").Should().BeEmpty();

    // The test above does not see a reference through a name that does not bind.
    [Theory]
    [MemberData(nameof(Trees))]
    public void Names_in_the_sources_are_resolved(string tree) =>
        SourceFolder.Read(tree).UnresolvedNames.Should().BeEmpty();

    [Fact]
    public void Every_project_and_the_shared_sources_are_covered() =>
        SourceFolder.Trees.Should().Contain(["Dataverse.Sync", "Dataverse.Sync.Sqlite", "Shared"]).And.Contain(
            Directory.EnumerateFiles(SourceFolder.Root, "*.csproj", SearchOption.AllDirectories)
                .Where(project => !SourceFolder.IsDeclaration(project))
                .Select(Path.GetFileNameWithoutExtension));
}
