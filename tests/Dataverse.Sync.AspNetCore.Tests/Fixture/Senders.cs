using System.Net.Http.Headers;
using System.Text;

namespace Dataverse.Sync.AspNetCore.Tests;

/// <summary>Sends to a process what the services, or strangers, send.</summary>
internal static class Senders
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>Posts a body to the endpoint for Business Central.</summary>
    public static Task<int> NotifyAsync(this SyncProcess process, string body, string query = "") =>
        StatusAsync(process, $"hooks/business-central{query}", Encoding.UTF8.GetBytes(body));

    public static Task<int> NotifyAsync(this SyncProcess process, byte[] body) =>
        StatusAsync(process, "hooks/business-central", body);

    /// <summary>Posts a body to the endpoint for Dataverse.</summary>
    public static Task<int> PostAsync(
        this SyncProcess process, string body, string query = "", params IEnumerable<(string Name, string Value)> headers) =>
        StatusAsync(process, $"hooks/dataverse{query}", Encoding.UTF8.GetBytes(body), headers);

    public static async Task<HttpResponseMessage> SendAsync(
        this SyncProcess process, string path, byte[] body, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(process.Address, path));
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).Should().BeTrue();
        }

        return await Http.SendAsync(request);
    }

    /// <summary>One entry of a notification.</summary>
    public static string Entry(SyncProcess process, string set, string? state = SyncProcess.State, string changeType = "updated")
    {
        var company = process.Company;
        return $$"""
            {"subscriptionId":"0123456789abcdef0123456789abcdef","clientState":"{{state}}",
             "expirationDateTime":"2026-08-20T10:00:00Z",
             "resource":"https://api.example/v2.0/production/api/v2.0/companies({{company}})/{{set}}(6d81597f-0f9f-4711-8122-000d3aa2331c)",
             "changeType":"{{changeType}}","lastModifiedDateTime":"2026-08-17T10:15:30.12Z"}
            """;
    }

    public static string Body(params IEnumerable<string> entries) => $$"""{"value":[{{string.Join(',', entries)}}]}""";

    private static async Task<int> StatusAsync(
        SyncProcess process, string path, byte[] body, params IEnumerable<(string Name, string Value)> headers)
    {
        using var response = await process.SendAsync(path, body, headers);
        return (int)response.StatusCode;
    }
}
