namespace Dataverse.Sync.Architecture.Tests;

public sealed class FolderReferencesTests
{
    [Theory]
    [InlineData("private B? field;")]
    [InlineData("B? Property => null;")]
    [InlineData("List<B> Method() => [];")]
    [InlineData("object Method() => new B();")]
    [InlineData("object Method() { object made = default(B)!; return made; }")]
    [InlineData("int Method() => B.Number;")]
    [InlineData("int Method(int number) => number.Twice();")]
    [InlineData("void Method() { var made = B.Make(); }")]
    [InlineData("object Method() => typeof(B.Inner);")]
    [InlineData("class Inner : B;")]
    [InlineData("void Method<T>() where T : B { }")]
    [InlineData("[B] void Method() { }")]
    [InlineData("bool Method(object other) => other is B { };")]
    public void Use_of_a_type_is_a_reference(string member)
    {
        var edges = Edges(("One/A.cs", $"class A {{ {member} }}"), ("Two/B.cs", UsedTypes));

        var edge = edges.Should().ContainSingle().Subject;
        (edge.From, edge.To).Should().Be(("One", "Two"));
        edge.Types.First().Should().Match<TypeReference>(reference => reference.From == "A");
    }

    [Theory]
    [InlineData("/// <summary>Like <see cref=\"B\"/>.</summary>\nclass A;")]
    [InlineData("using static Sample.B; class A;")]
    [InlineData("class A { int Length() => \"B\".Length; }")]
    [InlineData("class A { A? next; }")]
    public void Mention_without_use_is_no_reference(string source) =>
        Edges(("One/A.cs", source), ("Two/B.cs", UsedTypes)).Should().BeEmpty();

    [Fact]
    public void Reference_within_a_folder_does_not_count() =>
        Edges(("One/A.cs", "class A { B? b; }"), ("One/B.cs", "class B;")).Should().BeEmpty();

    [Fact]
    public void Parts_of_a_type_count_as_in_one_folder() =>
        Edges(("One/A.cs", "partial class A;"), ("Two/A.More.cs", "partial class A { B? b; }"), ("Two/B.cs", "class B;"))
            .Should().ContainSingle().Which.ToString().Should().Be("One → Two: A→B");

    [Fact]
    public void Subfolders_and_the_root_are_folders_of_their_own() =>
        Edges(("A.cs", "class A { B? b; }"), ("One/B.cs", "class B { C? c; }"), ("One/Inner/C.cs", "class C;"))
            .Select(edge => $"{edge}").Should().BeEquivalentTo("(root) → One: A→B", "One → One/Inner: B→C");

    [Fact]
    public void Types_of_linked_files_bind_and_are_not_part_of_the_graph()
    {
        var tree = new SourceTree("Sample", [new("One/A.cs", "class A { B? b; }")], [new("Two/B.cs", "class B;")]);

        tree.UnresolvedNames.Should().BeEmpty();
        FolderReferences.Of(tree).Should().BeEmpty();
    }

    [Theory]
    [InlineData("class A { Missing? b; }")]
    [InlineData("using Missing.Space; class A;")]
    [InlineData("using Missing; class A { void Method() { } }")]
    public void Name_that_does_not_bind_is_told(string source) =>
        new SourceTree("Sample", [new("One/A.cs", source)], []).UnresolvedNames.Should().ContainSingle()
            .Which.Should().Contain("'Missing'");

    private const string UsedTypes =
        """
        class B : System.Attribute { public const int Number = 1; public static B Make() => new(); public class Inner; }
        static class Extensions { public static int Twice(this int number) => number * 2; }
        """;

    private static IReadOnlyList<FolderEdge> Edges(params (string Path, string Source)[] files) =>
        FolderReferences.Of(new("Sample", files.Select(file => new SourceFile(file.Path, file.Source)), []));
}
