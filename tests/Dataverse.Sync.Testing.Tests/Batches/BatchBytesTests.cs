using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Dataverse.Sync.Testing.Tests.BusinessCentral;

namespace Dataverse.Sync.Testing.Tests.Batches;

/// <summary>
/// The bodies of batch responses, byte by byte: clients parse them by hand, so a changed header or line end breaks
/// them. Ids, tags and the origin, which differ from run to run, are replaced by names; <c>\r\n</c> is shown.
/// </summary>
public sealed partial class BatchBytesTests
{
    private const string Json = "application/json";

    private static readonly Guid Row = Guid.Parse("aaaaaaaa-0000-0000-0000-000000000001");

    [Fact]
    public async Task Dataverse_answers_requests_and_change_sets()
    {
        var body = $"--b\r\n{Part("POST", "accounts", $$"""{"accountid":"{{Row}}","name":"Ä"}""")}\r\n"
            + $"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
            + $"--c\r\n{Part("PATCH", $"accounts({Row})", """{"telephone1":"1"}""", "1")}\r\n"
            + $"--c\r\n{Part("POST", "contacts", """{"lastname":"Lee"}""", "2")}\r\n--c--\r\n\r\n"
            + $"--b\r\n{Part("GET", $"accounts({Row})?$select=name,telephone1", "")}\r\n"
            + $"--b\r\n{Part("GET", "nothing", "")}\r\n--b--\r\n";

        (await DataverseAsync(body)).Should().Be(Expected("dataverse"));
    }

    [Fact]
    public async Task Dataverse_refuses_a_body_that_is_no_batch() =>
        (await DataverseAsync("--b\r\nnonsense")).Should().Be(Expected("dataverse-refused"));

    [Fact]
    public async Task Business_Central_answers_a_multipart_batch()
    {
        var body = $"--b\r\n{Part("POST", Path("currencies"), """{"code":"XTS","displayName":"Ä"}""", "1")}\r\n"
            + $"--b\r\n{Part("GET", Path("currencies?$select=code,displayName"), "")}\r\n"
            + $"--b\r\n{Part("GET", Path("nothing"), "", "3")}\r\n--b--\r\n";

        (await BusinessCentralAsync(body, "multipart/mixed; boundary=b")).Should()
            .Be(Expected("business-central-multipart"));
    }

    [Fact]
    public async Task Business_Central_answers_a_json_batch()
    {
        var body = $$"""
            {"requests":[
              {"id":"a","method":"POST","url":"{{Path("currencies")}}","headers":{"Content-Type":"application/json"},
               "body": {"code":"XTS","displayName":"Ä"} },
              {"id":"","method":"get","url":"{{Path("currencies/$count")}}"},
              {"id":3,"method":"DELETE","url":"{{Path("currencies")}}"}]}
            """;

        (await BusinessCentralAsync(body, Json)).Should().Be(Expected("business-central-json"));
    }

    [Theory]
    [InlineData("multipart/mixed; boundary=b", "business-central-multipart-refused")]
    [InlineData(Json, "business-central-json-refused")]
    public async Task Business_Central_refuses_a_body_that_is_no_batch(string contentType, string expected) =>
        (await BusinessCentralAsync("nonsense", contentType)).Should().Be(Expected(expected));

    private static string Expected(string name) =>
        File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Batches", "Expected", name + ".txt"));

    private static string Part(string method, string url, string body, string? id = null) =>
        $"Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n{(id is null ? "" : $"Content-ID: {id}\r\n")}\r\n"
        + $"{method} {url} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{body}";

    private static string Path(string below) => $"companies({BusinessCentralFixture.Company})/{below}";

    private static async Task<string> DataverseAsync(string body)
    {
        await using var emulator = await DataverseEmulator.StartAsync();
        return await PostAsync(
            new Uri(emulator.BaseAddress, "api/data/v9.2/$batch"), body, "multipart/mixed; boundary=b");
    }

    private static async Task<string> BusinessCentralAsync(string body, string contentType)
    {
        await using var fixture = await BusinessCentralFixture.StartAsync();
        return await PostAsync(new Uri(fixture.Emulator.BaseAddress, "$batch"), body, contentType);
    }

    private static async Task<string> PostAsync(Uri url, string body, string contentType)
    {
        using var http = new HttpClient();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "token");
        request.Headers.Add("Prefer", "odata.continue-on-error");
        using var response = await http.SendAsync(request);
        var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
        return Named(
            $"{(int)response.StatusCode} {response.Content.Headers.ContentType}\n{text}",
            url.GetLeftPart(UriPartial.Authority));
    }

    private static string Named(string text, string origin)
    {
        var ids = new List<string>();
        var named = Id().Replace(text.Replace(origin, "<origin>", StringComparison.Ordinal), match =>
        {
            if (!ids.Contains(match.Value))
            {
                ids.Add(match.Value);
            }

            return $"<{ids.IndexOf(match.Value) + 1}>";
        });
        return named.Replace("\r\n", "\\r\\n\n", StringComparison.Ordinal);
    }

    // GUIDs, and the entity tags of Business Central, which are hashes of rows with a GUID.
    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=W/.?\"Jz)[0-9A-Za-z+/=]+")]
    private static partial Regex Id();
}
