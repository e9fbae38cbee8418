using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Dataverse.Sync.BusinessCentral;

namespace Dataverse.Sync.AzureIdentity.Tests;

/// <summary>What the connectors say when a credential gives no token.</summary>
public sealed class FailureTests
{
    public static TheoryData<string, Exception, bool> Failures => new()
    {
        { "no answer", new RequestFailedException("No answer."), true },
        { "time limit", new RequestFailedException(408, "Too late."), true },
        { "limit", new AuthenticationFailedException("Failed.", new RequestFailedException(429, "Slow down.")), true },
        { "fault", new AggregateException(new RequestFailedException(503, "Busy.")), true },
        { "canceled by the library", new AuthenticationFailedException("Failed.", new TaskCanceledException()), true },
        { "refused", new RequestFailedException(401, "Wrong secret."), false },
        { "nothing configured", new CredentialUnavailableException("Nothing is configured."), false },
        { "unknown", new FormatException(), false },
    };

    public static TheoryData<string, Func<HttpResponseMessage>, bool> Answers => new()
    {
        { "network", () => throw new HttpRequestException(HttpRequestError.NameResolutionError), true },
        { "time limit", () => throw new TaskCanceledException(), true },
        { "fault", () => StubHandler.Html(503), true },
        { "limit", () => StubHandler.Json("{}", HttpStatusCode.TooManyRequests), true },
        { "refused", () => StubHandler.Json("""{"error":"invalid_client"}""", HttpStatusCode.Unauthorized), false },
        { "unknown tenant", () => StubHandler.Json("""{"error":"invalid_request"}""", HttpStatusCode.BadRequest), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_credential_without_a_token_is_transient_if_the_login_service_was_out_of_reach(
        string name, Exception cause, bool isTransient) =>
        (await FailureOf(new ScriptedCredential((_, _, _) => throw cause))).IsTransient.Should().Be(isTransient, name);

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_client_secret_is_judged_by_what_the_login_service_answers(
        string name, Func<HttpResponseMessage> answer, bool isTransient)
    {
        var settings = new ClientSecretCredentialOptions
        {
            Transport = new HttpClientTransport(new StubHandler(_ => answer())),
            DisableInstanceDiscovery = true,
            Retry = { MaxRetries = 0 },
        };
        var credential = new ClientSecretCredential($"{Guid.NewGuid()}", $"{Guid.NewGuid()}", "word", settings);

        var failure = await FailureOf(credential);

        failure.Failure.Should().Be(isTransient ? ConnectorFailure.Unreachable : ConnectorFailure.Authentication, name);
        failure.ToString().Should().NotContain("word");
    }

    [Fact]
    public async Task A_login_that_the_caller_cancels_is_canceled()
    {
        using var cancellation = new CancellationTokenSource();
        var credential = new ScriptedCredential(async (_, _, token) =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        });
        using var connector = Connector(credential);

        await FluentActions.Awaiting(() => connector.GetSchemaAsync("customers", cancellation.Token))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<ConnectorException> FailureOf(TokenCredential credential)
    {
        using var connector = Connector(credential);
        return (await FluentActions.Awaiting(() => connector.GetSchemaAsync("customers", default))
            .Should().ThrowAsync<ConnectorException>()).Which;
    }

    private static BusinessCentralConnector Connector(TokenCredential credential)
    {
        var options = new BusinessCentralOptions
        {
            BaseAddress = new("https://erp.example/v2.0/production/api/v2.0"),
            Company = "CRONUS",
            HttpMessageHandler = new StubHandler(_ => throw new InvalidOperationException("Nothing may be sent.")),
        };
        return new BusinessCentralConnector(options.UseCredential(credential), new InstantTimeProvider());
    }
}
