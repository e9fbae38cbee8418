using Microsoft.CodeAnalysis;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>Finds the references between the folders of a source tree.</summary>
/// <remarks>
/// A reference is a name in the code of a type that binds to a type of another folder, or to a member of one. A nested type
/// counts as its outermost type. Names in <c>using</c> directives and in documentation do not count.
/// </remarks>
internal static class FolderReferences
{
    /// <summary>The references between different folders of a tree.</summary>
    public static IReadOnlyList<FolderEdge> Of(SourceTree tree)
    {
        var folders = FoldersOf(tree);
        var found = new List<(string From, string To, TypeReference Reference)>();
        foreach (var name in tree.Names)
        {
            if (name.User is { } user && OutermostTypeOf(name.Symbol) is { } used && folders.TryGetValue(used, out var to))
            {
                found.Add((folders[user], to, new(user.Name, used.Name)));
            }
        }

        return
        [
            .. from entry in found
               where entry.From != entry.To
               group entry.Reference by (entry.From, entry.To) into edge
               select new FolderEdge(edge.Key.From, edge.Key.To, [.. edge]),
        ];
    }

    private static Dictionary<ISymbol, string> FoldersOf(SourceTree tree)
    {
        var folders = new Dictionary<ISymbol, string>(SymbolEqualityComparer.Default);
        foreach (var (type, file) in tree.Types)
        {
            // A partial type belongs to the folder of its first part.
            _ = folders.TryAdd(type, SourceTree.FolderOf(file));
        }

        return folders;
    }

    private static INamedTypeSymbol? OutermostTypeOf(ISymbol symbol)
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
}
