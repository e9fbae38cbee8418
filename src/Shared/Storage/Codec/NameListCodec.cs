using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Shared;

/// <summary>Stores a list of names as a JSON array, so that a name can contain any character.</summary>
internal static class NameListCodec
{
    public static string Write(IReadOnlyList<string> names) =>
        new JsonArray([.. names.Select(name => JsonValue.Create(name))]).ToJsonString();

    /// <exception cref="FormatException">The text is not a JSON array of at least one name.</exception>
    public static IReadOnlyList<string> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var elements = document.RootElement.EnumerateArray();
            string[] names = [.. elements.Select(name => name.GetString() ?? throw Malformed())];
            return names.Length > 0 ? names : throw Malformed();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON; not an array, or not of texts; not well-formed Unicode.
            throw Malformed(error);
        }
    }

    private static FormatException Malformed(Exception? error = null) =>
        new("A stored list of names is malformed.", error);
}
