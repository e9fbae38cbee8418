using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The sources of one project, parsed and bound.</summary>
internal sealed class SourceTree
{
    /// <summary>The folder of the files that are in no folder below the root of the tree.</summary>
    public const string Root = "(root)";

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

    private readonly CSharpCompilation compilation;

    /// <summary>Parses and binds sources.</summary>
    /// <param name="name">The name of the project, which is that of its assembly.</param>
    /// <param name="files">The project's own files.</param>
    /// <param name="linked">Files that the project compiles and another tree owns; only their types are used.</param>
    public SourceTree(string name, IEnumerable<SourceFile> files, IEnumerable<SourceFile> linked)
    {
        Name = name;
        Files = [.. files.Select(Parse)];
        compilation = CSharpCompilation.Create(
            name,
            [.. Files, .. linked.Select(Parse), CSharpSyntaxTree.ParseText(GlobalUsings, ParseOptions)],
            References.Where(reference => reference.Key != name).Select(reference => reference.Value),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    public string Name { get; }

    /// <summary>The project's own files.</summary>
    public IReadOnlyList<SyntaxTree> Files { get; }

    /// <summary>The names that do not bind, because a reference is missing; what they refer to is unknown.</summary>
    public IEnumerable<Diagnostic> UnresolvedNames =>
        compilation.GetDiagnostics().Where(diagnostic => UnresolvedNameErrors.Contains(diagnostic.Id));

    /// <summary>The folder of a file below the root of the tree.</summary>
    public static string FolderOf(SyntaxTree file) =>
        Path.GetDirectoryName(file.FilePath) is { Length: > 0 } folder ? folder.Replace('\\', '/') : Root;

    public SemanticModel Bind(SyntaxTree file) => compilation.GetSemanticModel(file);

    private static SyntaxTree Parse(SourceFile file) => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path);
}
