using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.HttpHarness;

/// <summary>Takes a record out of a response, which remains well-formed.</summary>
internal static class Omission
{
    /// <summary>The body without one of its records; the body itself if it is not JSON or has none.</summary>
    public static byte[] Of(byte[] body, Func<int, int> pick)
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

        var lists = ListsOf(root).Where(list => list.Count > 0).ToList();
        if (lists.Count == 0)
        {
            return body;
        }

        var list = lists[pick(lists.Count)];
        list.RemoveAt(pick(list.Count));
        return Encoding.UTF8.GetBytes(root!.ToJsonString());
    }

    // A batch of Business Central has a list in each of its parts.
    private static IEnumerable<JsonArray> ListsOf(JsonNode? root) => root?["responses"] is JsonArray parts
        ? parts.Select(part => part?["body"]?["value"]).OfType<JsonArray>()
        : root?["value"] is JsonArray list ? [list] : [];
}
