using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseProtectionTests
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Too_many_requests_in_the_window_are_refused_until_it_has_moved_on()
    {
        await using var client = await StartAsync(new DataverseServiceProtection { MaxRequests = 2 });
        await client.GetAsync("WhoAmI");
        clock.Advance(TimeSpan.FromSeconds(100));
        var second = await client.GetAsync("WhoAmI");

        var refused = await client.GetAsync("WhoAmI");

        second.Header("x-ms-ratelimit-burst-remaining-xrm-requests").Should().Be("0");
        refused.ShouldFail(429, "0x80072322");
        refused.Header("Retry-After").Should().Be("30");
        refused.Header("x-ms-dop-hint").Should().Be("5");
        clock.Advance(TimeSpan.FromSeconds(200));
        (await client.GetAsync("WhoAmI")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Retry_after_grows_while_a_client_keeps_pushing_and_starts_over_afterwards()
    {
        await using var client = await StartAsync(new DataverseServiceProtection { MaxRequests = 1 });
        await client.GetAsync("WhoAmI");

        var waits = new List<string?>();
        for (var i = 0; i < 6; i++)
        {
            waits.Add((await client.GetAsync("WhoAmI")).Header("Retry-After"));
        }

        waits.Should().Equal("30", "60", "120", "240", "300", "300");
        clock.Advance(TimeSpan.FromSeconds(300));
        (await client.GetAsync("WhoAmI")).Status.Should().Be(200);
        (await client.GetAsync("WhoAmI")).Header("Retry-After").Should().Be("30");
    }

    [Fact]
    public async Task The_execution_time_of_requests_and_rows_adds_up()
    {
        await using var client = await StartAsync(new DataverseServiceProtection
        {
            MaxExecutionTime = TimeSpan.FromSeconds(10),
            RequestCost = TimeSpan.FromSeconds(1),
            RowCost = TimeSpan.FromSeconds(8),
        });

        await client.PostAsync("accounts", """{"name":"A"}""");
        (await client.GetAsync("WhoAmI")).Header("x-ms-ratelimit-time-remaining-xrm-requests").Should().Be("1");
        (await client.GetAsync("WhoAmI")).ShouldFail(429, "0x80072321");
    }

    [Fact]
    public async Task Only_so_many_requests_run_at_once()
    {
        await using var client = await DataverseClient.StartAsync(new DataverseEmulatorOptions
        {
            TimeProvider = clock,
            RequestLatency = TimeSpan.FromSeconds(5),
            ServiceProtection = new DataverseServiceProtection { MaxConcurrentRequests = 2 },
        });

        // A refusal does not wait, so of three requests exactly the one that came last ends before the clock moves.
        var running = Enumerable.Range(0, 3).Select(_ => client.GetAsync("WhoAmI")).ToList();
        var refused = await Task.WhenAny(running);

        (await refused).ShouldFail(429, "0x80072326");
        running.Count(task => task.IsCompleted).Should().Be(1);
        var all = Task.WhenAll(running);
        while (!all.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await all).Select(answer => answer.Status).Should().BeEquivalentTo([200, 200, 429]);
    }

    [Fact]
    public async Task Servers_take_turns_unless_the_affinity_cookie_comes_back()
    {
        await using var client = await StartAsync(new DataverseServiceProtection { MaxRequests = 1, WebServers = 2 });

        var first = await client.GetAsync("WhoAmI");
        var sticky = await client.GetAsync("WhoAmI", ("Cookie", first.Header("Set-Cookie")!.Split(';')[0]));
        var next = await client.GetAsync("WhoAmI");

        first.Header("Set-Cookie").Should().Be("ARRAffinity=0; path=/; HttpOnly");
        sticky.Status.Should().Be(429);
        next.Status.Should().Be(200);
        next.Header("Set-Cookie").Should().StartWith("ARRAffinity=1;");
    }

    [Fact]
    public async Task Each_user_has_a_budget_of_its_own()
    {
        await using var client = await StartAsync(new DataverseServiceProtection { MaxRequests = 1 });
        var application = Guid.NewGuid();
        var unit = client.Emulator.Table("businessunit").Rows.Single();
        client.Emulator.Table("systemuser").Insert(
            ("lastname", "Second"), ("internalemailaddress", "a@b.c"), ("applicationid", application),
            ("businessunitid", new DataverseReference("businessunit", unit.Id)));
        var token = await TokenAsync(client, application.ToString());

        await client.GetAsync("WhoAmI");

        (await client.GetAsync("WhoAmI")).Status.Should().Be(429);
        (await WhoAmIAsync(client, token)).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_call_without_a_token_is_401_and_any_token_will_do_by_default()
    {
        await using var client = await DataverseClient.StartAsync();

        var refused = await WhoAmIAsync(client, null);

        refused.Status.Should().Be(401);
        refused.Header("WWW-Authenticate").Should().StartWith("Bearer authorization_uri=");
        (await WhoAmIAsync(client, "anything")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Issued_tokens_are_taken_until_they_expire_or_are_revoked()
    {
        await using var client = await DataverseClient.StartAsync(new DataverseEmulatorOptions
        {
            TimeProvider = clock,
            Authentication = DataverseAuthentication.IssuedTokens,
            TokenLifetime = TimeSpan.FromMinutes(10),
        });
        var token = await TokenAsync(client, "app");

        (await WhoAmIAsync(client, "anything")).Status.Should().Be(401);
        (await WhoAmIAsync(client, token)).Status.Should().Be(200);
        clock.Advance(TimeSpan.FromMinutes(10));
        (await WhoAmIAsync(client, token)).ShouldFail(401, "0x8005F101");

        var second = await TokenAsync(client, "app");
        client.Emulator.RevokeTokens();
        (await WhoAmIAsync(client, second)).Status.Should().Be(401);
    }

    [Fact]
    public async Task An_incomplete_token_request_is_refused()
    {
        await using var client = await DataverseClient.StartAsync();
        using var http = client.NewHttp(null);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["grant_type"] = "client_credentials" });

        var response = await http.PostAsync(new Uri(client.Emulator.BaseAddress, "tenant/oauth2/v2.0/token"), form);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private static async Task<string> TokenAsync(DataverseClient client, string application)
    {
        using var http = client.NewHttp(null);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = application,
            ["client_secret"] = "s",
            ["scope"] = $"{client.Emulator.BaseAddress}/.default",
        });
        var answer = await DataverseAnswer.ReadAsync(
            await http.PostAsync(new Uri(client.Emulator.BaseAddress, "tenant/oauth2/v2.0/token"), form));
        return (string)answer.Json["access_token"]!;
    }

    private static async Task<DataverseAnswer> WhoAmIAsync(DataverseClient client, string? token)
    {
        using var http = client.NewHttp(token);
        return await DataverseAnswer.ReadAsync(await http.GetAsync(new Uri("WhoAmI", UriKind.Relative)));
    }

    private Task<DataverseClient> StartAsync(DataverseServiceProtection protection) =>
        DataverseClient.StartAsync(
            new DataverseEmulatorOptions { TimeProvider = clock, ServiceProtection = protection });
}
