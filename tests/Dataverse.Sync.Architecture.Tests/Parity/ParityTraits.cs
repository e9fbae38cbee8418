using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>Finds the tests that name rows of the parity page.</summary>
internal static class ParityTraits
{
    private const string Trait = "\"parity\"";

    /// <summary>The claims in the sources below a folder.</summary>
    public static IReadOnlyList<ParityTest> In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText(path)))
            .SelectMany(Of),
    ];

    /// <summary>The claims in one source.</summary>
    public static IEnumerable<ParityTest> Of(SourceFile source)
    {
        if (!source.Text.Contains(Trait, StringComparison.Ordinal))
        {
            return [];
        }

        return from attribute in CSharpSyntaxTree.ParseText(source.Text).GetRoot().DescendantNodes().OfType<AttributeSyntax>()
               where IsParity(attribute)
               let owner = attribute.Parent!.Parent as MethodDeclarationSyntax
               select new ParityTest(
                   $"{source.Path}: {owner?.Identifier.ValueText ?? "(no method)"}",
                   (attribute.ArgumentList!.Arguments[^1].Expression as LiteralExpressionSyntax)?.Token.ValueText ?? string.Empty,
                   owner is not null && IsTest(owner));
    }

    private static bool IsParity(AttributeSyntax attribute) =>
        attribute.Name.ToString() == "Trait" && attribute.ArgumentList?.Arguments.FirstOrDefault()?.ToString() == Trait;

    // A test that is always skipped proves nothing.
    private static bool IsTest(MethodDeclarationSyntax method) => method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute =>
        (attribute.Name.ToString().EndsWith("Fact", StringComparison.Ordinal)
            || attribute.Name.ToString().EndsWith("Theory", StringComparison.Ordinal))
        && attribute.ArgumentList?.Arguments.Any(argument => argument.NameEquals?.Name.Identifier.ValueText == "Skip") != true);
}
