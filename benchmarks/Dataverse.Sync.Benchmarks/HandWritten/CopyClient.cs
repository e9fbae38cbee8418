using System.Net;
using System.Net.Http.Headers;
using Dataverse.Sync.Benchmarks.Systems;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.Testing;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>The requests of the hand-written copies, sent as the connectors send theirs: same page size, same connections, compressed where the service does.</summary>
internal sealed class CopyClient : IDisposable
{
    private static readonly AuthenticationHeaderValue Token = new("Bearer", "token");

    private readonly HttpClient client;
    private readonly Uri dataverse;

    /// <summary>Makes a client.</summary>
    /// <param name="local">The company.</param>
    /// <param name="integration">The organization.</param>
    /// <param name="handler">What requests go through, the caller's; null for one like the connectors' own.</param>
    public CopyClient(LocalCompany local, DataverseEmulator integration, HttpMessageHandler? handler = null)
    {
        var own = handler is null
            ? new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, MaxConnectionsPerServer = Concurrency, UseCookies = false }
            : null;
        client = new(handler ?? own!, disposeHandler: own is not null);
        dataverse = new(integration.BaseAddress, "api/data/v9.2/");
        var owner = integration.Table("systemuser").Rows.Single(row => row["internalemailaddress"] is LocalCompany.SalespersonEmail).Id;
        Payload = new(integration.BaseCurrencyId, owner);
        Customers = new(local.Emulator.BaseAddress, $"companies({local.Company.Id})/customers?$select={Payload.Select}");
    }

    /// <summary>The connector's greatest number of requests at once.</summary>
    public static int Concurrency { get; } = new WebApiOptions().MaxConcurrency;

    public CustomerPayload Payload { get; }

    /// <summary>The first page of customers.</summary>
    public Uri Customers { get; }

    public async Task<byte[]> ReadAsync(Uri page, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        _ = request.Headers.TryAddWithoutValidation("Prefer", $"odata.maxpagesize={new BusinessCentralOptions().PageSize}");
        return await SendAsync(request, cancellationToken);
    }

    public async Task<byte[]> FindAccountAsync(string name, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(dataverse, $"accounts?$select=accountid&$filter=name eq '{Uri.EscapeDataString(name)}'"));
        return await SendAsync(request, cancellationToken);
    }

    public async Task PostAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(dataverse, path)) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        _ = await SendAsync(request, cancellationToken);
    }

    public void Dispose() => client.Dispose();

    private async Task<byte[]> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = Token;
        using var response = await client.SendAsync(request, cancellationToken);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
    }
}
