using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The sources of one project, parsed and bound.</summary>
internal sealed class SourceTree
{
    /// <summary>The name of the folder of files that are in no folder.</summary>
    public const string RootFolder = "(root)";

    // What ImplicitUsings adds to every project.
    private const string GlobalUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // Unknown name, namespace, type, or assembly. Other errors are expected, because source generators do not run here.
    private static readonly string[] UnresolvedNameErrors = ["CS0103", "CS0234", "CS0246", "CS0012"];

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.None);

    private static readonly Dictionary<string, PortableExecutableReference> References =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .DistinctBy(Path.GetFileName)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => MetadataReference.CreateFromFile(path));

    private readonly List<SyntaxTree> files;
    private readonly CSharpCompilation compilation;
    private readonly Lazy<List<BoundName>> names;

    /// <summary>Parses sources.</summary>
    /// <param name="name">The name of the project, which is that of its assembly.</param>
    /// <param name="own">The files that the project owns.</param>
    /// <param name="linked">Files that the project compiles and another tree owns; only their types are used.</param>
    public SourceTree(string name, IEnumerable<SourceFile> own, IEnumerable<SourceFile> linked)
    {
        files = [.. own.Select(Parse)];
        compilation = CSharpCompilation.Create(
            name,
            [.. files, .. linked.Select(Parse), CSharpSyntaxTree.ParseText(GlobalUsings, ParseOptions)],
            References.Where(reference => reference.Key != name).Select(reference => reference.Value),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
        names = new(() => [.. files.AsParallel().AsOrdered().SelectMany(Bind)]);
    }

    /// <summary>The outermost types that the project's own files declare, with the file; a partial type once per part.</summary>
    public IEnumerable<(ISymbol Type, string File)> Types =>
        from file in files
        let model = compilation.GetSemanticModel(file)
        from declaration in TypesIn(file)
        select ((ISymbol)model.GetDeclaredSymbol(declaration)!, file.FilePath);

    /// <summary>The project's own files.</summary>
    public IReadOnlyList<SyntaxTree> Files => files;

    /// <summary>The project's own files and the linked ones, compiled with the references of the tests.</summary>
    public CSharpCompilation Compilation => compilation;

    /// <summary>The names in the project's own files that bind. Documentation is not read.</summary>
    public IReadOnlyList<BoundName> Names => names.Value;

    /// <summary>The names in <c>using</c> directives and signatures that do not bind, because a reference is missing.</summary>
    public IEnumerable<string> UnresolvedNames => compilation.GetDeclarationDiagnostics()
        .Where(diagnostic => UnresolvedNameErrors.Contains(diagnostic.Id))
        .Select(diagnostic => $"{diagnostic}");

    /// <summary>The folder of a file, relative to its project.</summary>
    public static string FolderOf(string path) =>
        Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder.Replace('\\', '/') : RootFolder;

    private static SyntaxTree Parse(SourceFile file) => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path);

    private IEnumerable<BoundName> Bind(SyntaxTree file)
    {
        var model = compilation.GetSemanticModel(file);
        var types = TypesIn(file).ToDictionary(type => type, type => model.GetDeclaredSymbol(type));
        return from node in file.GetRoot().DescendantNodes()
               where node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax
               let symbol = model.GetSymbolInfo(node).Symbol
               where symbol is not null
               let type = node.Ancestors().OfType<MemberDeclarationSyntax>().LastOrDefault(types.ContainsKey)
               select new BoundName(node.GetLocation(), symbol, type is null ? null : types[type]);
    }

    private static IEnumerable<MemberDeclarationSyntax> TypesIn(SyntaxTree file) => file.GetRoot()
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);
}
