using System.Text;
using Azure.Core;
using Dataverse.Sync.BusinessCentral;
using Dataverse.Sync.WebApi;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.AzureIdentity.Tests;

public sealed class TokenCacheTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task Each_connector_asks_for_the_scope_of_its_service()
    {
        var credential = new ScriptedCredential(time);
        var organization = new WebApiOptions { EnvironmentUrl = new("https://contoso.crm4.dynamics.com/main.aspx") };

        await Options(credential).AccessToken!(default);
        await organization.UseCredential(credential, Clock()).AccessToken!(default);

        credential.Requests.Select(request => request.Scopes.Should().ContainSingle().Subject).Should().Equal(
            "https://api.businesscentral.dynamics.com/.default", "https://contoso.crm4.dynamics.com/.default");
    }

    [Fact]
    public async Task A_scope_of_the_caller_replaces_that_of_the_service()
    {
        var credential = new ScriptedCredential(time);
        var options = new WebApiOptions().UseCredential(credential, new() { Scope = "api://own/.default", TimeProvider = time });

        await options.AccessToken!(default);

        credential.Requests.Should().ContainSingle().Which.Scopes.Should().Equal("api://own/.default");
    }

    [Fact]
    public void A_credential_before_the_address_of_the_environment_is_refused() =>
        FluentActions.Invoking(() => new WebApiOptions().UseCredential(new ScriptedCredential(time)))
            .Should().Throw<SyncConfigurationException>().WithMessage("*EnvironmentUrl must be set before the credential*");

    [Fact]
    public async Task A_token_is_kept_until_five_minutes_before_it_expires()
    {
        var credential = new ScriptedCredential(time);
        var options = Options(credential);

        var first = await options.AccessToken!(default);
        time.Advance(TimeSpan.FromMinutes(55) - TimeSpan.FromSeconds(1));
        var kept = await options.AccessToken!(default);
        time.Advance(TimeSpan.FromSeconds(1));
        var renewed = await options.AccessToken!(default);

        (first, kept, renewed).Should().Be(("token1", "token1", "token2"));
    }

    [Fact]
    public async Task A_token_is_renewed_when_the_login_service_wants_it()
    {
        var credential = new ScriptedCredential(time, TimeSpan.FromHours(24), refresh: TimeSpan.FromHours(12));
        var options = Options(credential);

        await options.AccessToken!(default);
        time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        var kept = await options.AccessToken!(default);
        time.Advance(TimeSpan.FromSeconds(1));

        (kept, await options.AccessToken!(default)).Should().Be(("token1", "token2"));
    }

    [Fact]
    public async Task A_token_that_is_about_to_expire_is_not_asked_for_again_with_every_request()
    {
        var credential = new ScriptedCredential(time, lifetime: TimeSpan.FromMinutes(2));
        var options = Options(credential);

        await options.AccessToken!(default);
        time.Advance(TimeSpan.FromSeconds(29));
        await options.AccessToken!(default);

        credential.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Requests_at_the_same_time_share_one_acquisition()
    {
        var login = new TaskCompletionSource<AccessToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        var credential = new ScriptedCredential((_, _, _) => new(login.Task));
        var options = Options(credential);

        var requests = Enumerable.Range(0, 20).Select(_ => options.AccessToken!(default).AsTask()).ToList();
        login.SetResult(new AccessToken("token", time.GetUtcNow() + TimeSpan.FromHours(1)));

        (await Task.WhenAll(requests)).Should().OnlyContain(token => token == "token");
        credential.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Requests_at_the_same_time_share_a_failure_and_a_later_one_tries_again()
    {
        var login = new TaskCompletionSource<AccessToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        var credential = new ScriptedCredential((number, _, _) => number == 1 ? new(login.Task) : new(new AccessToken("token", DateTimeOffset.MaxValue)));
        var options = Options(credential);

        var requests = Enumerable.Range(0, 5).Select(_ => options.AccessToken!(default).AsTask()).ToList();
        login.SetException(new HttpRequestException("No host."));

        foreach (var request in requests)
        {
            await FluentActions.Awaiting(() => request).Should().ThrowAsync<Exception>();
        }

        credential.Requests.Should().ContainSingle();
        (await options.AccessToken!(default)).Should().Be("token");
    }

    [Fact]
    public async Task A_request_that_is_canceled_leaves_the_acquisition_to_the_next()
    {
        using var cancellation = new CancellationTokenSource();
        var credential = new ScriptedCredential(async (number, _, token) =>
        {
            await Task.Delay(number == 1 ? Timeout.Infinite : 0, token);
            return new AccessToken($"token{number}", DateTimeOffset.MaxValue);
        });
        var options = Options(credential);

        var canceled = options.AccessToken!(cancellation.Token).AsTask();
        var waiting = options.AccessToken!(default).AsTask();
        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => canceled).Should().ThrowAsync<OperationCanceledException>();
        (await waiting).Should().Be("token2");
    }

    [Fact]
    public async Task A_token_that_is_still_valid_is_used_while_its_renewal_fails()
    {
        var credential = new ScriptedCredential((number, _, _) => number == 1
            ? new(new AccessToken("token", time.GetUtcNow() + TimeSpan.FromHours(1)))
            : throw new HttpRequestException("No host."));
        var options = Options(credential);
        await options.AccessToken!(default);
        time.Advance(TimeSpan.FromMinutes(55));

        var first = await options.AccessToken!(default);
        time.Advance(TimeSpan.FromSeconds(29));
        var second = await options.AccessToken!(default);

        (first, second).Should().Be(("token", "token"));
        credential.Requests.Should().HaveCount(2, "after a failed renewal the next one is half a minute away");
        time.Advance(TimeSpan.FromMinutes(5));
        await FluentActions.Awaiting(() => options.AccessToken!(default).AsTask()).Should().ThrowAsync<Exception>();
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once_for_all_requests_that_used_it()
    {
        var credential = new ScriptedCredential(time);
        var options = Options(credential);
        var refused = new RefusedAccessToken(await options.AccessToken!(default), "Bearer");

        var renewed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => options.RenewAccessToken!(refused, default).AsTask()));

        renewed.Should().OnlyContain(token => token == "token2");
        (await options.AccessToken!(default)).Should().Be("token2");
        credential.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_credential_that_returns_the_refused_token_again_is_asked_to_leave_its_cache_out()
    {
        var credential = new ScriptedCredential((_, request, _) =>
            new(new AccessToken(request.Claims is null ? "cached" : "fresh", DateTimeOffset.MaxValue)));
        var options = Options(credential);

        var renewed = await options.RenewAccessToken!(new(await options.AccessToken!(default), null), default);

        renewed.Should().Be("fresh");
        credential.Requests.Select(request => request.Claims).Should().Equal(null, null, """{"access_token":{}}""");
    }

    [Theory]
    [InlineData("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{0}\"", true)]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"{0}\", realm=\"\"", true)]
    [InlineData("Bearer error=\"invalid_token\", claims=\"{0}\"", false)]
    [InlineData("Bearer error=\"insufficient_claims\"", false)]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"%%%\"", false)]
    [InlineData(null, false)]
    public async Task The_claims_that_a_service_asks_for_are_asked_of_the_credential(string? challenge, bool isPassed)
    {
        const string Claims = """{"access_token":{"nbf":{"essential":true,"value":"1700000000>?"}}}""";
        var credential = new ScriptedCredential(time);
        var options = Options(credential);
        var header = challenge?.Replace("{0}", Convert.ToBase64String(Encoding.UTF8.GetBytes(Claims)), StringComparison.Ordinal);

        await options.RenewAccessToken!(new(await options.AccessToken!(default), header), default);

        credential.Requests[^1].Claims.Should().Be(isPassed ? Claims : null);
        credential.Requests.Should().OnlyContain(request => request.IsCaeEnabled);
    }

    [Fact]
    public void Connectors_with_the_same_credential_share_its_tokens_and_others_do_not()
    {
        var credential = new ScriptedCredential(time);

        Options(credential).AccessToken.Should().Be(Options(credential).AccessToken);
        Options(credential).AccessToken.Should().NotBe(Options(new ScriptedCredential(time)).AccessToken);
    }

    private BusinessCentralOptions Options(TokenCredential credential) => new BusinessCentralOptions().UseCredential(credential, Clock());

    private CredentialOptions Clock() => new() { TimeProvider = time };
}
