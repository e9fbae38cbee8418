using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

/// <summary>An emulator with one company, a standing clock, and a client that has a token.</summary>
internal sealed class BusinessCentralFixture : IAsyncDisposable
{
    public static readonly Guid Company = Guid.Parse("11111111-2222-3333-4444-555555555555");

    private BusinessCentralFixture(BusinessCentralEmulator emulator, FakeTimeProvider time)
    {
        (Emulator, Time) = (emulator, time);
        Client = NewClient();
    }

    public BusinessCentralEmulator Emulator { get; }

    public FakeTimeProvider Time { get; }

    public HttpClient Client { get; }

    /// <summary>Path of the company below the base address.</summary>
    public static string CompanyPath => $"companies({Company})";

    public static async Task<BusinessCentralFixture> StartAsync(BusinessCentralEmulatorOptions? options = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero));
        var emulator = await BusinessCentralEmulator.StartAsync((options ?? new()) with { TimeProvider = time });
        _ = emulator.AddCompany("CRONUS", "GBP", Company);
        return new BusinessCentralFixture(emulator, time);
    }

    public HttpClient NewClient(string token = "token")
    {
        var client = new HttpClient { BaseAddress = Emulator.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public JsonObject Insert(string set, JsonObject values) => Emulator.Table(set).Insert(values);

    public JsonObject Customer(string number, string name = "Adatum") =>
        Insert("customers", new JsonObject { ["number"] = number, ["displayName"] = name });

    /// <summary>Sends a request below the company.</summary>
    public Task<Answer> SendAsync(
        string method, string path, JsonNode? body = null, params (string Name, string Value)[] headers) =>
        SendRawAsync(method, $"{CompanyPath}/{path}", body?.ToJsonString(), headers);

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync("GET", path, null, headers);

    public async Task<Answer> SendRawAsync(
        string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Client.BaseAddress!, path));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).Should().BeTrue();
        }

        using var response = await Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Lets the clock run until something is done.</summary>
    public async Task AdvanceUntilAsync(Task done, TimeSpan step)
    {
        while (!done.IsCompleted)
        {
            Time.Advance(step);
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Emulator.DisposeAsync();
    }
}
