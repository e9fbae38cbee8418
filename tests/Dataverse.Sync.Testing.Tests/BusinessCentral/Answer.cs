using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>A response, read.</summary>
internal sealed record Answer(int Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public JsonObject[] Rows => [.. Json["value"]!.AsArray().Select(row => row!.AsObject())];

    public string? NextLink => (string?)Json["@odata.nextLink"];

    public string Tag => (string)Json["@odata.etag"]!;

    public string Id => (string)Json["id"]!;

    public string Code => (string)Json["error"]!["code"]!;

    /// <summary>The error's text without the correlation id.</summary>
    public string Message =>
        Regex.Replace((string)Json["error"]!["message"]!, "  CorrelationId:  [0-9a-f-]{36}\\.$", "");

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers,
            response.Content.Headers);

    public IEnumerable<string> Column(string name) => Rows.Select(row => row[name]!.ToString());

    public void ShouldBeRefused(int status, string code)
    {
        Status.Should().Be(status, Text);
        Code.Should().Be(code, Text);
    }
}
