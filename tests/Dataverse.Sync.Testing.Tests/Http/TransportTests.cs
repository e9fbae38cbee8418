using System.Net;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.Http;

/// <summary>HTTP/2 over TLS, compressed responses, and responses in pieces.</summary>
public sealed class TransportTests
{
    private static readonly EmulatorTransport Cloudlike = new() { UsesTls = true, Compresses = true, Streams = true };

    [Theory]
    [InlineData("2.0")]
    [InlineData("1.1")]
    public async Task Emulators_speak_the_version_of_the_client_over_tls(string version)
    {
        await using var bc = await BusinessCentralEmulator.StartAsync(new() { Transport = Cloudlike });
        await using var dataverse = await DataverseEmulator.StartAsync(new() { Transport = Cloudlike });

        using var companies = await GetAsync(new Uri(bc.BaseAddress, "companies"), bc.CreateNetworkHandler(), Version.Parse(version));
        using var accounts = await GetAsync(
            new Uri(dataverse.BaseAddress, "api/data/v9.2/accounts"), dataverse.CreateNetworkHandler(), Version.Parse(version));

        bc.BaseAddress.Scheme.Should().Be("https");
        dataverse.BaseAddress.Scheme.Should().Be("https");
        foreach (var response in new[] { companies, accounts })
        {
            response.StatusCode.Should().Be(HttpStatusCode.OK);
            response.Version.Should().Be(Version.Parse(version));
        }

        (await accounts.Content.ReadAsStringAsync()).Should().Contain($"\"{dataverse.BaseAddress}api/data/v9.2/$metadata#accounts\"");
    }

    [Fact]
    public async Task A_client_that_does_not_trust_the_certificate_cannot_connect()
    {
        await using var one = await DataverseEmulator.StartAsync(new() { Transport = Cloudlike });
        await using var other = await DataverseEmulator.StartAsync(new() { Transport = Cloudlike });

        foreach (var handler in new[] { new SocketsHttpHandler(), other.CreateNetworkHandler() })
        {
            var get = () => GetAsync(one.BaseAddress, handler, HttpVersion.Version20);

            (await get.Should().ThrowAsync<HttpRequestException>()).Which.HttpRequestError.Should().Be(HttpRequestError.SecureConnectionError);
        }

        one.Certificate!.HasPrivateKey.Should().BeFalse();
    }

    [Theory]
    [InlineData("br", true, false)]
    [InlineData("gzip", true, false)]
    [InlineData("identity", false, false)]
    [InlineData("gzip", true, true)]
    [InlineData("identity", false, true)]
    public async Task Responses_are_compressed_for_clients_that_ask_and_sent_in_pieces_by_option(string accepted, bool isCompressed, bool streams)
    {
        await using var dataverse = await DataverseEmulator.StartAsync(new() { Transport = new() { Compresses = true, Streams = streams } });
        for (var number = 0; number < 200; number++)
        {
            _ = dataverse.Table("account").Insert(("name", $"Müller {number}"));
        }

        using var client = Authorized(new HttpClient(new SocketsHttpHandler()));
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var raw = await client.GetAsync(new Uri(dataverse.BaseAddress, "api/data/v9.2/accounts"));
        using var decoding = Authorized(new HttpClient(dataverse.CreateNetworkHandler()));
        var rows = JsonNode.Parse(await decoding.GetStringAsync(new Uri(dataverse.BaseAddress, "api/data/v9.2/accounts?$select=name")))!["value"]!.AsArray();

        raw.Content.Headers.ContentEncoding.Should().Equal(isCompressed ? [accepted] : []);
        raw.Headers.TransferEncodingChunked.Should().Be(isCompressed || streams ? true : null);
        rows.Select(row => row!["name"]!.GetValue<string>()).Should()
            .BeEquivalentTo(Enumerable.Range(0, 200).Select(number => $"Müller {number}"));
    }

    [Fact]
    public async Task Faults_of_the_line_strike_http_2_as_well()
    {
        await using var dataverse = await DataverseEmulator.StartAsync(new() { Transport = Cloudlike });
        dataverse.Faults.Add(EmulatorFault.ConnectionCut(afterCommit: true));

        var cut = () => GetAsync(new Uri(dataverse.BaseAddress, "api/data/v9.2/accounts"), dataverse.CreateNetworkHandler(), HttpVersion.Version20);

        await cut.Should().ThrowAsync<HttpRequestException>();
    }

    private static async Task<HttpResponseMessage> GetAsync(Uri address, HttpMessageHandler handler, Version version)
    {
        using var client = Authorized(new HttpClient(handler));
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var response = await client.SendAsync(request);
        await response.Content.LoadIntoBufferAsync();
        return response;
    }

    private static HttpClient Authorized(HttpClient client)
    {
        client.DefaultRequestHeaders.Authorization = new("Bearer", "token");
        return client;
    }
}
