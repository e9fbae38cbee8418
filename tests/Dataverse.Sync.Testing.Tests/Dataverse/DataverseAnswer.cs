using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>An answer, read to its end.</summary>
internal sealed record DataverseAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public IReadOnlyList<JsonNode> Rows => [.. Json["value"]!.AsArray().Select(row => row!)];

    public string Code => (string)Json["error"]!["code"]!;

    public string Message => (string)Json["error"]!["message"]!;

    public string? DeltaLink => (string?)Json["@odata.deltaLink"];

    public string? NextLink => (string?)Json["@odata.nextLink"];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public void ShouldFail(int status, string code)
    {
        Status.Should().Be(status, Text);
        Code.Should().Be(code);
    }

    public static async Task<DataverseAnswer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(
                header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new DataverseAnswer((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }
}
