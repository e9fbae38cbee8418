using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Sqlite;

/// <summary>A list of names as a JSON array, so that a name may hold any character.</summary>
internal static class NameListCodec
{
    public static string Write(IReadOnlyList<string> names) => new JsonArray([.. names.Select(name => JsonValue.Create(name))]).ToJsonString();

    /// <exception cref="FormatException">The text is not a list of names.</exception>
    public static IReadOnlyList<string> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            string[] names = [.. document.RootElement.EnumerateArray().Select(name => name.GetString() ?? throw new FormatException("A name is missing."))];
            return names.Length > 0 ? names : throw new FormatException("The list of names is empty.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new FormatException("The text is not a list of names.", failure);
        }
    }
}
