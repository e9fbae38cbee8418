using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The folder <c>src</c> of the repository.</summary>
internal static class SourceFolder
{
    private static readonly ConcurrentDictionary<string, Lazy<SourceTree>> Parsed = new(StringComparer.Ordinal);

    public static string Path { get; } = typeof(SourceFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "SourceFolder").Value!;

    /// <summary>The names of the projects, and of the folders whose files several projects compile.</summary>
    public static IEnumerable<string> Trees => Directory.EnumerateDirectories(Path)
        .Where(folder => SourcesOf(folder).Any())
        .Select(folder => System.IO.Path.GetFileName(folder))
        .Order(StringComparer.Ordinal);

    /// <summary>The sources of one of the <see cref="Trees"/>; the same instance for all tests.</summary>
    public static SourceTree Read(string name) => Parsed.GetOrAdd(name, _ => new(() => Parse(name))).Value;

    /// <summary>The values of an attribute of the items of a project file.</summary>
    public static IEnumerable<string> Items(string project, string item, string attribute = "Include") =>
        XDocument.Load(ProjectFile(project)).Descendants(item).Attributes(attribute).Select(value => value.Value);

    private static SourceTree Parse(string name) =>
        new(name, SourcesOf(Under(name)), File.Exists(ProjectFile(name)) ? LinkedInto(name) : []);

    private static string ProjectFile(string name) => Under(name, $"{name}.csproj");

    private static string Under(params string[] names) => System.IO.Path.GetFullPath(System.IO.Path.Combine([Path, .. names]));

    // <Compile Include="../Shared/Http/**/*.cs" />
    private static IEnumerable<SourceFile> LinkedInto(string project)
    {
        const string Everything = "/**/*.cs";
        foreach (var include in Items(project, "Compile"))
        {
            if (!include.EndsWith(Everything, StringComparison.Ordinal))
            {
                throw new NotSupportedException($"{project} links '{include}', which does not end in '{Everything}'.");
            }

            foreach (var file in SourcesOf(Under(project, include[..^Everything.Length])))
            {
                yield return file;
            }
        }
    }

    private static IEnumerable<SourceFile> SourcesOf(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let relative = System.IO.Path.GetRelativePath(folder, path).Replace('\\', '/')
        where relative.Split('/')[0] is not ("bin" or "obj")
        select new SourceFile(relative, File.ReadAllText(path));
}
