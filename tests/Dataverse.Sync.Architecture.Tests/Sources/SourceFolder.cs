using System.Reflection;
using System.Xml.Linq;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The folder <c>src</c> of the repository.</summary>
internal static class SourceFolder
{
    public static string Path { get; } = typeof(SourceFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "SourceFolder").Value!;

    /// <summary>The names of the projects and of the folders whose files several projects compile.</summary>
    public static IEnumerable<string> Trees => Directory.EnumerateDirectories(Path)
        .Where(folder => SourcesOf(folder).Any())
        .Select(folder => System.IO.Path.GetFileName(folder))
        .Order(StringComparer.Ordinal);

    /// <summary>Reads and binds the sources of one of the <see cref="Trees"/>.</summary>
    public static SourceTree Read(string name)
    {
        var folder = System.IO.Path.Combine(Path, name);
        return new(name, SourcesOf(folder), File.Exists(ProjectFile(name)) ? LinkedInto(name) : []);
    }

    /// <summary>The values of an attribute of a project's items.</summary>
    public static IEnumerable<string> Items(string project, string item, string attribute = "Include") =>
        XDocument.Load(ProjectFile(project)).Descendants(item).Attributes(attribute).Select(value => value.Value);

    private static string ProjectFile(string name) => System.IO.Path.Combine(Path, name, $"{name}.csproj");

    // <Compile Include="../Shared/Http/**/*.cs" />
    private static IEnumerable<SourceFile> LinkedInto(string project)
    {
        const string Everything = "/**/*.cs";
        foreach (var include in Items(project, "Compile"))
        {
            if (!include.EndsWith(Everything, StringComparison.Ordinal))
            {
                throw new NotSupportedException($"{project} links '{include}'; this test understands folders with '{Everything}' only.");
            }

            foreach (var file in SourcesOf(System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, project, include[..^Everything.Length]))))
            {
                yield return file;
            }
        }
    }

    private static IEnumerable<SourceFile> SourcesOf(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let relative = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/')
        where !relative.StartsWith("bin/", StringComparison.Ordinal) && !relative.StartsWith("obj/", StringComparison.Ordinal)
        select new SourceFile(relative, File.ReadAllText(path));
}
