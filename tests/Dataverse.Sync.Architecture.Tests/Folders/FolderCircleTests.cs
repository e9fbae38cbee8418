namespace Dataverse.Sync.Architecture.Tests;

public sealed class FolderCircleTests
{
    [Fact]
    public void Folders_in_layers_have_no_circle() => Circles(
        ("Engine.cs", "class Engine { Mapping? mapping; Rule? rule; Key key; }"),
        ("Mapping/Mapping.cs", "class Mapping { Rule? rule; Key key; }"),
        ("Rules/Rule.cs", "class Rule { Key key; }"),
        ("Keys/Key.cs", "struct Key { Key Next() => new(); }")).Should().BeEmpty();

    [Fact]
    public void Two_folders_that_refer_to_each_other_are_told_with_the_types_of_the_weaker_direction() => Circles(
        ("Mapping/IMapping.cs", "interface IMapping { IRule? First { get; } }"),
        ("Rules/IRule.cs", "interface IRule { void Apply(IMapping mapping); }"),
        ("Rules/Guard.cs", "class Guard { IMapping? mapping; }"))
        .Should().Equal("Mapping → Rules → Mapping, closed by Mapping → Rules: IMapping→IRule");

    [Fact]
    public void Circle_of_three_folders_is_told() => Circles(
        ("A/One.cs", "class One { Two? a, b; Two? c; }"),
        ("B/Two.cs", "class Two { Three? a; }"),
        ("B/Other.cs", "class Other { Three? a; }"),
        ("C/Three.cs", "class Three { One? a; }"))
        .Should().Equal("A → B → C → A, closed by C → A: Three→One");

    [Fact]
    public void Root_takes_part_in_circles() => Circles(
        ("Options.cs", "class Options;"),
        ("Store.cs", "class Store { File? a; File? b; }"),
        ("Files/File.cs", "class File { Options? options; }"))
        .Should().Equal("(root) → Files → (root), closed by Files → (root): File→Options");

    [Fact]
    public void Circles_apart_from_each_other_are_all_told() => Circles(
        ("A/A1.cs", "class A1 { B1? a; B1? b; }"),
        ("B/B1.cs", "class B1 { A1? a; }"),
        ("C/C1.cs", "class C1 { D1? a; A1? b; }"),
        ("D/D1.cs", "class D1 { C1? a; C1? b; }"))
        .Should().Equal("A → B → A, closed by B → A: B1→A1", "C → D → C, closed by C → D: C1→D1");

    private static IEnumerable<string> Circles(params (string Path, string Source)[] files)
    {
        var tree = new SourceTree("Sample", files.Select(file => new SourceFile(file.Path, file.Source)), []);
        tree.UnresolvedNames.Should().BeEmpty();
        return FolderCircle.Find(FolderReferences.Of(tree)).Select(circle => $"{circle}");
    }
}
