using System.Net;
using System.Net.Sockets;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Http.Tests;

/// <summary>What a connection does when the user's delegate gives no token, or one that is refused.</summary>
public sealed class LoginTests
{
    private readonly StubHandler service = new(_ => StubHandler.Json("{}"));

    public static TheoryData<string, Exception> NetworkFailures => new()
    {
        { "network", new HttpRequestException(HttpRequestError.NameResolutionError) },
        { "status of an overload", new HttpRequestException("Busy.", null, HttpStatusCode.ServiceUnavailable) },
        { "limit", new HttpRequestException("Slow down.", null, HttpStatusCode.TooManyRequests) },
        { "socket", new SocketException((int)SocketError.HostUnreachable) },
        { "incomplete answer", new HttpIOException(HttpRequestError.ResponseEnded) },
        { "time limit", new TaskCanceledException() },
        { "time limit of the library", new TimeoutException() },
        { "wrapped", new InvalidOperationException("Login failed.", new HttpRequestException("No host.")) },
        { "several", new InvalidOperationException("Login failed.", new AggregateException(new FormatException(), new HttpRequestException())) },
    };

    public static TheoryData<string, Exception> Refusals => new()
    {
        { "unknown", new InvalidOperationException("Wrong secret.") },
        { "status of a refusal", new HttpRequestException("Refused.", null, HttpStatusCode.BadRequest) },
        { "missing certificate", new FileNotFoundException() },
    };

    [Theory]
    [MemberData(nameof(NetworkFailures))]
    public async Task A_login_service_that_cannot_be_reached_is_a_transient_failure(string name, Exception failure)
    {
        using var outcome = await AttemptAsync(_ => ValueTask.FromException<string>(failure));

        outcome.Failure!.Failure.Should().Be(ConnectorFailure.Unreachable, name);
        outcome.Failure.IsTransient.Should().BeTrue();
        outcome.Failure.Message.Should().Be("Business Central: the access token could not be fetched.");
        outcome.Fate.Should().Be(RequestFate.NotPerformed, "nothing was sent");
        service.Requests.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refused_login_is_no_transient_failure(string name, Exception failure)
    {
        using var outcome = await AttemptAsync(_ => throw failure);

        outcome.Failure!.Failure.Should().Be(ConnectorFailure.Authentication, name);
        outcome.Failure.IsTransient.Should().BeFalse();
        outcome.Fate.Should().Be(RequestFate.NotPerformed);
        service.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_login_that_the_caller_cancels_is_canceled()
    {
        using var cancellation = new CancellationTokenSource();

        var attempt = () => AttemptAsync(
            token =>
            {
                cancellation.Cancel();
                throw new InvalidOperationException("Login failed.", new TaskCanceledException());
            },
            cancellation.Token);

        await attempt.Should().ThrowAsync<OperationCanceledException>();
        service.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_login_that_takes_longer_than_an_attempt_leaves_no_write_uncertain()
    {
        var time = new FakeTimeProvider();
        using var connection = new HttpConnection(Connections.Settings(service, time) with
        {
            AttemptTimeout = TimeSpan.FromMinutes(1),
            AccessToken = async token =>
            {
                var waiting = Task.Delay(Timeout.InfiniteTimeSpan, token);
                time.Advance(TimeSpan.FromMinutes(2));
                await waiting;
                return "never";
            },
        });

        using var outcome = await connection.AttemptAsync(Connections.Post(), default);

        outcome.Failure!.Failure.Should().Be(ConnectorFailure.Unreachable);
        outcome.Fate.Should().Be(RequestFate.NotPerformed);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_with_what_the_service_said()
    {
        var refusals = new List<RefusedAccessToken>();
        var handler = StubHandler.Sequence(Refused, () => StubHandler.Json("{}"));
        using var connection = new HttpConnection(Connections.Settings(handler) with
        {
            AccessToken = _ => new("old"),
            RenewAccessToken = (refused, _) =>
            {
                refusals.Add(refused);
                return new("new");
            },
        });

        using var outcome = await connection.AttemptAsync(Connections.Post(), default);

        outcome.Fate.Should().Be(RequestFate.Performed);
        handler.Requests.Select(request => request.Headers["Authorization"]).Should().Equal("Bearer old", "Bearer new");
        var refusal = refusals.Should().ContainSingle().Subject;
        refusal.Token.Should().Be("old");
        refusal.Challenge.Should().Be("Bearer error=\"insufficient_claims\", claims=\"e30=\"");

        static HttpResponseMessage Refused()
        {
            var response = StubHandler.Error(401, "Authentication_InvalidCredentials");
            response.Headers.TryAddWithoutValidation("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"e30=\"");
            return response;
        }
    }

    [Fact]
    public async Task A_renewed_token_that_is_refused_too_is_not_renewed_again()
    {
        var renewals = 0;
        var handler = new StubHandler(_ => StubHandler.Error(401, "Authentication_InvalidCredentials"));
        using var connection = new HttpConnection(
            Connections.Settings(handler) with { RenewAccessToken = (_, _) => new($"renewed{++renewals}") });

        using var outcome = await connection.AttemptAsync(Connections.Get(), default);

        outcome.Failure!.Failure.Should().Be(ConnectorFailure.Authentication);
        renewals.Should().Be(1);
    }

    private async Task<HttpOutcome> AttemptAsync(
        Func<CancellationToken, ValueTask<string>> login, CancellationToken cancellationToken = default)
    {
        using var connection = new HttpConnection(Connections.Settings(service) with { AccessToken = login });
        return await connection.AttemptAsync(Connections.Post(), cancellationToken);
    }
}
