using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>Finds the references between the folders of a source tree.</summary>
/// <remarks>
/// A reference is a name in the code of a type that binds to a type of another folder, or to a member of one. A nested type
/// counts as its outermost type. Names in <c>using</c> directives and in documentation do not count.
/// </remarks>
internal sealed class FolderReferences
{
    private readonly Dictionary<ISymbol, string> folders = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<(string From, string To), List<TypeReference>> references = [];

    private FolderReferences(SourceTree tree)
    {
        foreach (var file in tree.Files)
        {
            Declare(file, tree.Bind(file));
        }

        foreach (var file in tree.Files)
        {
            Refer(file, tree.Bind(file));
        }
    }

    /// <summary>The references between different folders of a tree.</summary>
    public static IReadOnlyList<FolderEdge> Of(SourceTree tree) =>
    [
        .. from entry in new FolderReferences(tree).references
           select new FolderEdge(entry.Key.From, entry.Key.To, entry.Value),
    ];

    private void Declare(SyntaxTree file, SemanticModel model)
    {
        foreach (var declaration in file.GetRoot().DescendantNodes(ContainsTypes).Where(IsType))
        {
            // A partial type belongs to the folder of its first part.
            _ = folders.TryAdd(model.GetDeclaredSymbol(declaration)!, SourceTree.FolderOf(file));
        }
    }

    private void Refer(SyntaxTree file, SemanticModel model)
    {
        foreach (var declaration in file.GetRoot().DescendantNodes(ContainsTypes).Where(IsType))
        {
            var user = model.GetDeclaredSymbol(declaration)!;
            foreach (var name in declaration.DescendantNodes().Where(IsName))
            {
                if (OutermostTypeOf(model.GetSymbolInfo(name).Symbol) is { } used)
                {
                    Add(user, used);
                }
            }
        }
    }

    private void Add(ISymbol user, ISymbol used)
    {
        if (!folders.TryGetValue(used, out var to) || folders[user] is var from && from == to)
        {
            return;
        }

        if (!references.TryGetValue((from, to), out var found))
        {
            references.Add((from, to), found = []);
        }

        found.Add(new(user.Name, used.Name));
    }

    private static INamedTypeSymbol? OutermostTypeOf(ISymbol? symbol)
    {
        var type = symbol switch
        {
            INamedTypeSymbol named => named,
            IMethodSymbol method => (method.ReducedFrom ?? method).ContainingType,
            IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType,
            _ => null,
        };
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type?.OriginalDefinition;
    }

    private static bool ContainsTypes(SyntaxNode node) =>
        node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax;

    private static bool IsType(SyntaxNode node) => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    // "new(…)" refers to a type without naming it.
    private static bool IsName(SyntaxNode node) => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax;
}
