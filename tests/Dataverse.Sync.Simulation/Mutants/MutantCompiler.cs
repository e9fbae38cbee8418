using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Dataverse.Sync.Simulation;

/// <summary>Compiles the library's own sources with one mutant in them, so that no planted bug ever stands in the library.</summary>
internal sealed class MutantCompiler
{
    /// <summary>Of this assembly the simulation uses one folder, which stands on its own.</summary>
    private const string TestingAssembly = "Dataverse.Sync.Testing";

    private const string AllFiles = "**/*.cs";

    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.None);

    private readonly string sources = MetadataOf("SourceFolder");
    private readonly ConcurrentDictionary<string, Lazy<CSharpCompilation>> originals = new();

    /// <summary>The assembly with the mutant, as it would stand in a file.</summary>
    /// <exception cref="InvalidOperationException">The mutant fits the sources no longer, or does not compile.</exception>
    public byte[] Compile(Mutant mutant)
    {
        var compilation = originals.GetOrAdd(mutant.Assembly, name => new(() => Parse(name))).Value;
        foreach (var (file, change) in mutant.Changes.Select(change => (Path.GetFullPath(Path.Combine(sources, change.File)), change)))
        {
            var original = compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == file) ?? throw new InvalidOperationException($"Mutant {mutant.Name} changes no file of {mutant.Assembly}.");
            compilation = compilation.ReplaceSyntaxTree(original, Parse(file, Plant(change, file)));
        }

        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success
            ? image.ToArray()
            : throw new InvalidOperationException($"Mutant {mutant.Name} does not compile: {result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)}");
    }

    /// <summary>Whether all code that a mutant changes occurs in its files once.</summary>
    public bool Fits(Mutant mutant) => mutant.Changes.All(change => PlaceOf(change, File.ReadAllText(Path.Combine(sources, change.File))) >= 0);

    private static string Plant(Mutant mutant, string path)
    {
        var text = File.ReadAllText(path);
        return PlaceOf(mutant, text) >= 0
            ? text.Replace(mutant.Code, mutant.Bug, StringComparison.Ordinal)
            : throw new InvalidOperationException($"The code of mutant {mutant.Name} must occur once in {mutant.File}.");
    }

    private static int PlaceOf(Mutant mutant, string text)
    {
        var place = text.IndexOf(mutant.Code, StringComparison.Ordinal);
        return place >= 0 && text.IndexOf(mutant.Code, place + 1, StringComparison.Ordinal) < 0 ? place : -1;
    }

    private CSharpCompilation Parse(string assembly)
    {
        var parsed = FoldersOf(assembly).SelectMany(FilesIn).Select(Path.GetFullPath).Distinct().Select(file => Parse(file, File.ReadAllText(file)));
        var compilation = NewCompilation(assembly, parsed.Append(Parse("usings", GlobalUsings)));
        return compilation.AddSyntaxTrees(Generate(compilation));
    }

    // The project's own folder, and those of other folders' files that it includes.
    private IEnumerable<string> FoldersOf(string assembly)
    {
        var folder = Path.Combine(sources, assembly);
        yield return Path.GetFullPath(Path.Combine(folder, assembly == TestingAssembly ? "InMemory" : "."));
        foreach (var item in XDocument.Load(Path.Combine(folder, $"{assembly}.csproj")).Descendants("Compile"))
        {
            yield return Path.GetFullPath(Path.Combine(folder, item.Attribute("Include")!.Value.Replace(AllFiles, "", StringComparison.Ordinal)));
        }
    }

    private static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(folder, file).StartsWith("obj", StringComparison.Ordinal));

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), ParseOptions, path);

    private static IEnumerable<SyntaxTree> Generate(CSharpCompilation compilation)
    {
        var loader = new GeneratorLoader();
        var reference = new Microsoft.CodeAnalysis.Diagnostics.AnalyzerFileReference(MetadataOf("LogMessageGenerator"), loader);
        var driver = CSharpGeneratorDriver.Create(reference.GetGenerators(LanguageNames.CSharp), parseOptions: ParseOptions);
        return driver.RunGenerators(compilation).GetRunResult().GeneratedTrees;
    }

    private static CSharpCompilation NewCompilation(string assembly, IEnumerable<SyntaxTree> trees) => CSharpCompilation.Create(
        assembly,
        trees,
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != assembly)
            .Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Suppress));

    private static string MetadataOf(string key) =>
        typeof(MutantCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == key).Value!;

    private sealed class GeneratorLoader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
