using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class SecurityTests
{
    private const string Scope = "https://api.businesscentral.dynamics.com/.default";

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("Basic dXNlcjprZXk=")]
    public async Task Request_without_a_bearer_token_is_401(string? authorization)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        bc.Client.DefaultRequestHeaders.Authorization = null;
        if (authorization is not null)
        {
            bc.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization).Should().BeTrue();
        }

        var answer = await bc.SendRawAsync("GET", "companies", null);

        answer.ShouldBeRefused(401, "Authentication_InvalidCredentials");
        answer.Headers.WwwAuthenticate.ToString().Should().Be("Bearer");
    }

    [Fact]
    public async Task Token_endpoint_gives_a_token_that_opens_the_api_until_it_expires()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { RequiresIssuedTokens = true, Clients = [new("app", "secret")] });
        (await bc.GetAsync("customers")).ShouldBeRefused(401, "Authentication_InvalidCredentials");

        var token = await TokenAsync(
            bc, ("grant_type", "client_credentials"), ("client_id", "app"), ("client_secret", "secret"),
            ("scope", Scope));
        bc.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (string)token.Json["access_token"]!);

        ((string)token.Json["token_type"]!, (int)token.Json["expires_in"]!).Should().Be(("Bearer", 3600));
        (await bc.GetAsync("customers")).Status.Should().Be(200);
        bc.Time.Advance(TimeSpan.FromHours(1));
        (await bc.GetAsync("customers")).ShouldBeRefused(401, "Authentication_InvalidCredentials");
    }

    [Fact]
    public async Task Revoked_tokens_are_401()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { RequiresIssuedTokens = true });
        var token = await TokenAsync(
            bc, ("grant_type", "client_credentials"), ("client_id", "app"), ("client_secret", "s"), ("scope", Scope));
        bc.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (string)token.Json["access_token"]!);
        (await bc.GetAsync("customers")).Status.Should().Be(200);

        bc.Emulator.RevokeTokens();

        (await bc.GetAsync("customers")).Status.Should().Be(401);
    }

    [Theory]
    [InlineData("password", Scope, "secret", 400, "unsupported_grant_type")]
    [InlineData("client_credentials", "https://graph.microsoft.com/.default", "secret", 400, "invalid_scope")]
    [InlineData("client_credentials", Scope, "wrong", 401, "invalid_client")]
    [InlineData("client_credentials", Scope, "", 401, "invalid_client")]
    public async Task Token_endpoint_refuses(string grant, string scope, string secret, int status, string error)
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new() { Clients = [new("app", "secret")] });

        var answer = await TokenAsync(
            bc, ("grant_type", grant), ("client_id", "app"), ("client_secret", secret), ("scope", scope));

        (answer.Status, (string)answer.Json["error"]!).Should().Be((status, error));
    }

    [Fact]
    public async Task Token_requests_are_counted_as_reads()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        _ = await TokenAsync(bc, ("grant_type", "client_credentials"));

        (bc.Emulator.Requests.RequestCount, bc.Emulator.Requests.WriteRequestCount).Should().Be((1, 0));
    }

    [Fact]
    public async Task Faults_answer_in_the_services_own_shape()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        bc.Emulator.Faults.Add(EmulatorFault.TooManyRequests(TimeSpan.FromSeconds(7)));
        bc.Emulator.Faults.Add(EmulatorFault.ServiceUnavailable());
        bc.Emulator.Faults.Add(EmulatorFault.Unauthorized());

        var throttled = await bc.GetAsync("customers");
        throttled.ShouldBeRefused(429, "Application_TooManyRequests");
        throttled.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(7));
        (await bc.GetAsync("customers")).ShouldBeRefused(503, "Internal_TenantUnavailable");
        (await bc.GetAsync("customers")).ShouldBeRefused(401, "Authentication_InvalidCredentials");
    }

    [Fact]
    public async Task Timeout_after_commit_leaves_the_row_behind()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        bc.Emulator.Faults.Add(EmulatorFault.GatewayTimeout().On(request => request.IsWrite));

        var answer = await bc.SendAsync(
            "POST", "customers", new JsonObject { ["number"] = "C1", ["displayName"] = "A" });

        answer.Status.Should().Be(504);
        (await bc.GetAsync("customers")).Column("number").Should().Equal("C1");
        (await bc.SendAsync("POST", "customers", new JsonObject { ["number"] = "C1", ["displayName"] = "A" }))
            .ShouldBeRefused(400, "Internal_EntityWithSameKeyExists");
    }

    private static async Task<Answer> TokenAsync(BusinessCentralFixture bc, params (string Name, string Value)[] form)
    {
        using var client = new HttpClient();
        using var content = new FormUrlEncodedContent(
            form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using var response = await client.PostAsync(bc.Emulator.TokenEndpoint, content);
        return await Answer.ReadAsync(response);
    }
}
