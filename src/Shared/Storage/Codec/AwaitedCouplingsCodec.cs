using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Shared;

/// <summary>Stores a coupling and its alternatives as a JSON array, in which each is an array of id, side, and mappings.</summary>
internal static class AwaitedCouplingsCodec
{
    public static string? Write(AwaitedCoupling? awaited)
    {
        if (awaited is null)
        {
            return null;
        }

        var list = new List<JsonNode?>();
        for (var next = awaited; next is not null; next = next.Alternative)
        {
            JsonNode?[] parts = [next.Record.Id.ToString("D"), (int)next.Record.Side, .. next.Mappings.Select(Name)];
            list.Add(new JsonArray(parts));
        }

        return new JsonArray([.. list]).ToJsonString();
    }

    /// <exception cref="FormatException">The text is not an array of such arrays.</exception>
    public static AwaitedCoupling? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.EnumerateArray().Reverse()
                .Aggregate((AwaitedCoupling?)null, (following, element) => Read(element) with { Alternative = following });
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not JSON, not arrays, or not of the right types; no mapping; not well-formed Unicode.
            throw Malformed(error);
        }
    }

    private static AwaitedCoupling Read(JsonElement element)
    {
        JsonElement[] parts = [.. element.EnumerateArray()];
        if (parts.Length < 3 || !parts[1].TryGetByte(out var side))
        {
            throw Malformed();
        }

        string[] mappings = [.. parts.Skip(2).Select(name => name.GetString() ?? throw Malformed())];
        return new(mappings, new((SyncSide)side, parts[0].GetGuid()));
    }

    private static JsonNode? Name(string name) => JsonValue.Create(name);

    private static FormatException Malformed(Exception? error = null) =>
        new("A stored list of awaited couplings is malformed.", error);
}
