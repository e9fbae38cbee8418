using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The folder <c>src</c> of the repository.</summary>
internal static class SourceFolder
{
    private static readonly ConcurrentDictionary<string, Lazy<SourceTree>> Parsed = new(StringComparer.Ordinal);

    public static string Root { get; } = typeof(SourceFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "SourceFolder").Value!;

    /// <summary>The names of the projects, and of the folders whose files several projects compile.</summary>
    /// <remarks>The declarations of an SDK have the structure that the SDK has.</remarks>
    public static IEnumerable<string> Trees => Directory.EnumerateDirectories(Root)
        .Where(folder => SourcesOf(folder).Any() && !IsDeclaration(folder))
        .Select(folder => Path.GetFileName(folder))
        .Order(StringComparer.Ordinal);

    /// <summary>Whether a path belongs to the declarations of an SDK that is compiled against and not shipped.</summary>
    public static bool IsDeclaration(string path) => Path.GetRelativePath(Root, path).Contains(".Contracts", StringComparison.Ordinal);

    /// <summary>The sources of one of the <see cref="Trees"/>; the same instance for all tests.</summary>
    public static SourceTree Read(string name) => Parsed.GetOrAdd(name, _ => new(() => Parse(name))).Value;

    /// <summary>What the items of a kind in a project file include.</summary>
    public static IEnumerable<string> Items(string project, string item) =>
        XDocument.Load(ProjectFile(project)).Descendants(item).Attributes("Include").Select(value => value.Value);

    private static SourceTree Parse(string name) =>
        new(name, SourcesOf(Under(name)), File.Exists(ProjectFile(name)) ? LinkedInto(name) : []);

    private static string ProjectFile(string name) => Under(name, $"{name}.csproj");

    private static string Under(params string[] names) => Path.GetFullPath(Path.Combine([Root, .. names]));

    // <Compile Include="../Shared/**/*.cs" Exclude="../Shared/Part/**/*.cs" />
    private static IEnumerable<SourceFile> LinkedInto(string project) =>
        from item in XDocument.Load(ProjectFile(project)).Descendants("Compile")
        where item.Attribute("Include") is not null
        let excluded = FoldersIn(project, (string?)item.Attribute("Exclude")).ToList()
        from folder in FoldersIn(project, (string?)item.Attribute("Include"))
        from file in SourcesOf(folder)
        where !excluded.Any(part => IsUnder(part, Path.Combine(folder, file.Path)))
        select file;

    private static bool IsUnder(string folder, string path) =>
        !Path.GetRelativePath(folder, path).StartsWith("..", StringComparison.Ordinal);

    private static IEnumerable<string> FoldersIn(string project, string? patterns)
    {
        const string Everything = "/**/*.cs";
        foreach (var pattern in patterns?.Split(';') ?? [])
        {
            yield return pattern.EndsWith(Everything, StringComparison.Ordinal)
                ? Under(project, pattern[..^Everything.Length])
                : throw new NotSupportedException($"{project} links '{pattern}', which does not end in '{Everything}'.");
        }
    }

    private static IEnumerable<SourceFile> SourcesOf(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let relative = Path.GetRelativePath(folder, path).Replace('\\', '/')
        where relative.Split('/')[0] is not ("bin" or "obj")
        select new SourceFile(relative, File.ReadAllText(path));
}
