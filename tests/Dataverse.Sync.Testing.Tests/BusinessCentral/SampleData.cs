using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>
/// The demonstration company's files beside the checkout, or the project's own small sample where they are absent.
/// </summary>
internal static class SampleData
{
    public static string Folder { get; } = FindShared()
        ?? Path.Combine(AppContext.BaseDirectory, "BusinessCentral", "Sample");

    public static string File(string set) => Path.Combine(Folder, $"{set}.json");

    public static IReadOnlyList<JsonNode> Rows(string set) =>
        [.. JsonNode.Parse(System.IO.File.ReadAllText(File(set)))!["value"]!.AsArray().Select(row => row!)];

    private static string? FindShared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", "cronus", "business-central");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
