using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The core, compiled from its sources with a call of <see cref="CallTrace"/> in every member.</summary>
internal static class TracedEngine
{
    private const string Core = "Dataverse.Sync";

    // Only the folder with the in-memory tables is compiled. It depends on the core only.
    private const string Testing = "Dataverse.Sync.Testing";

    /// <summary>Runs <see cref="ChangedRecordRun"/>.</summary>
    public static async Task<RunTrace> TraceAsync()
    {
        var context = new AssemblyLoadContext("traced engine", isCollectible: true);
        try
        {
            var run = context.LoadFromStream(Compile()).GetType(typeof(ChangedRecordRun).FullName!)!;
            var trace = run.GetMethod(nameof(ChangedRecordRun.TraceAsync))!.Invoke(null, null);
            return new(await (Task<IReadOnlyList<(string Type, string Member, int End)>>)trace!);
        }
        finally
        {
            context.Unload();
        }
    }

    private static MemoryStream Compile()
    {
        var core = SourceFolder.Read(Core);
        var tables = SourceFolder.Read(Testing).Files.Where(file => SourceTree.FolderOf(file.FilePath).Split('/')[0] == "InMemory");
        var compilation = (Compilation)core.Compilation;
        foreach (var file in core.Files)
        {
            compilation = compilation.ReplaceSyntaxTree(file, CallTracer.Trace(file));
        }

        var image = new MemoryStream();
        var replaced = compilation.References.Where(reference => Path.GetFileName(reference.Display) == $"{Testing}.dll");
        var result = compilation
            .RemoveReferences(replaced)
            .AddSyntaxTrees([.. tables, Parse(nameof(CallTrace)), Parse(nameof(ChangedRecordRun))])
            .Emit(image);
        result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Should().BeEmpty();
        image.Position = 0;
        return image;
    }

    private static SyntaxTree Parse(string type)
    {
        var project = typeof(TracedEngine).Assembly.GetName().Name!;
        var path = Path.Combine(SourceFolder.Root, "..", "tests", project, "Tracing", $"{type}.cs");
        return new SourceTree(project, [new(path, File.ReadAllText(path))], []).Files[0];
    }
}
