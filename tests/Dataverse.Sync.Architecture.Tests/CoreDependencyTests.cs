using Microsoft.CodeAnalysis;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The core depends on abstractions only: other packages access the network and databases.</summary>
public sealed class CoreDependencyTests
{
    private const string Core = "Dataverse.Sync";

    [Fact]
    public void Core_references_two_packages_of_abstractions_and_nothing_else()
    {
        SourceFolder.Items(Core, "PackageReference").Should().BeEquivalentTo(
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions");
        SourceFolder.Items(Core, "ProjectReference").Should().BeEmpty();
        SourceFolder.Items(Core, "FrameworkReference").Should().BeEmpty();
    }

    [Fact]
    public void Core_uses_neither_HTTP_nor_a_database() => ForeignNames(SourceFolder.Read(Core)).Should().BeEmpty();

    [Theory]
    [InlineData("using System.Net.Http;")]
    [InlineData("using System.Data.Common;")]
    [InlineData("class A { System.Data.DataTable? table; }")]
    [InlineData("class A { HttpClient? client; }")]
    [InlineData("class A { object? connection = new Microsoft.Data.Sqlite.SqliteConnection(); }")]
    public void Use_of_HTTP_or_a_database_is_found(string source)
    {
        var tree = new SourceTree("Sample", [new("A.cs", source)], []);

        ForeignNames(tree).Should().NotBeEmpty().And.OnlyContain(name => name.StartsWith("A.cs(1): "));
    }

    private static IEnumerable<string> ForeignNames(SourceTree tree) =>
        from name in tree.Names
        let space = name.Symbol as INamespaceSymbol ?? name.Symbol.ContainingNamespace
        where space is not null && IsForeign($"{space}")
        let place = name.Location.GetLineSpan()
        select $"{place.Path}({place.StartLinePosition.Line + 1}): {name.Symbol}";

    private static bool IsForeign(string space) =>
        space is "System.Net.Http" or "System.Data" or "Microsoft.Data.Sqlite"
        || space.StartsWith("System.Net.Http.", StringComparison.Ordinal)
        || space.StartsWith("System.Data.", StringComparison.Ordinal);
}
