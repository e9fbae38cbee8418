using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>A bare HTTP client of the emulator: what it sends is what the test says.</summary>
internal sealed class DataverseClient : IAsyncDisposable
{
    private readonly HttpClient http;

    private DataverseClient(DataverseEmulator emulator)
    {
        Emulator = emulator;
        http = NewHttp("token");
    }

    public DataverseEmulator Emulator { get; }

    public Uri Root => new(Emulator.BaseAddress, "api/data/v9.2/");

    public DataverseTable Accounts => Emulator.Table("account");

    public DataverseTable Contacts => Emulator.Table("contact");

    public static async Task<DataverseClient> StartAsync(DataverseEmulatorOptions? options = null) =>
        new(await DataverseEmulator.StartAsync(options));

    public HttpClient NewHttp(string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Root };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return client;
    }

    public Task<DataverseAnswer> GetAsync(string url, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Get, url, null, headers);

    public Task<DataverseAnswer> PostAsync(
        string url, string json, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Post, url, json, headers);

    public Task<DataverseAnswer> PatchAsync(
        string url, string json, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Patch, url, json, headers);

    public Task<DataverseAnswer> DeleteAsync(string url, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Delete, url, null, headers);

    public Task<DataverseAnswer> BatchAsync(string body, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync(HttpMethod.Post, "$batch", body, headers, "multipart/mixed; boundary=\"batch_A\"");

    public async Task<DataverseAnswer> SendAsync(
        HttpMethod method, string url, string? body, IEnumerable<(string Name, string Value)> headers,
        string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return await DataverseAnswer.ReadAsync(response);
    }

    /// <summary>All rows of a collection, page by page.</summary>
    public async Task<List<JsonNode>> AllAsync(string url, params (string Name, string Value)[] headers)
    {
        var rows = new List<JsonNode>();
        for (var next = url; next is not null;)
        {
            var page = await GetAsync(next, headers);
            rows.AddRange(page.Rows);
            next = (string?)page.Json["@odata.nextLink"];
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Emulator.DisposeAsync();
    }
}
