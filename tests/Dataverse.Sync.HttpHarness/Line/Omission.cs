using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.HttpHarness;

/// <summary>Takes a record out of a response, which remains well-formed.</summary>
internal static class Omission
{
    private static readonly string[] Keys = ["id", "accountid", "contactid", "new_thingid"];

    /// <summary>The body without one of its records; the body itself if it is not JSON or has none to take out.</summary>
    /// <param name="body">The body of the response.</param>
    /// <param name="pick">Draws a number below another.</param>
    /// <param name="mayBeTaken">Whether the record of an id may be taken out. It is asked once per record.</param>
    /// <param name="taken">Receives the id of the record that is taken out.</param>
    public static byte[] Of(byte[] body, Func<int, int> pick, Func<string, bool> mayBeTaken, Action<string> taken)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return body;
        }

        var records = ListsOf(root).SelectMany(list => list).Where(record => mayBeTaken(IdOf(record))).ToList();
        if (records.Count == 0)
        {
            return body;
        }

        var record = records[pick(records.Count)]!;
        taken(IdOf(record));
        _ = record.Parent!.AsArray().Remove(record);
        return Encoding.UTF8.GetBytes(root!.ToJsonString());
    }

    private static string IdOf(JsonNode? record) =>
        Keys.Select(key => (record as JsonObject)?[key]?.ToString()).FirstOrDefault(id => id is not null) ?? string.Empty;

    // A batch of Business Central has a list in each of its parts.
    private static IEnumerable<JsonArray> ListsOf(JsonNode? root) => root?["responses"] is JsonArray parts
        ? parts.Select(part => part?["body"]?["value"]).OfType<JsonArray>()
        : root?["value"] is JsonArray list ? [list] : [];
}
