using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Polly.Timeout;

namespace Dataverse.Sync.Http.Tests;

/// <summary>Clients of the application whose handlers repeat requests.</summary>
public sealed class SingleSendTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_handler_repeats_only_what_may_be_repeated(bool isRepeatable, int sent)
    {
        var service = StubHandler.Sequence(() => StubHandler.Html(504), () => StubHandler.Json("{}"));
        using var client = new HttpClient(new RepeatingHandler(new SingleSendHandler(service)));
        using var connection = new HttpConnection(Connections.Settings(service) with { Handler = null, Clients = () => client });

        using var outcome = await connection.AttemptAsync(Connections.Post(isRepeatable), default);

        outcome.Fate.Should().Be(isRepeatable ? RequestFate.Performed : RequestFate.Unknown);
        service.Requests.Should().HaveCount(sent);
    }

    [Fact]
    public async Task A_request_with_a_new_token_is_another_request()
    {
        var service = StubHandler.Sequence(() => StubHandler.Error(401, "Unauthorized"), () => StubHandler.Json("{}"));
        using var client = new HttpClient(new SingleSendHandler(service));
        using var connection = new HttpConnection(Connections.Settings(service) with { Handler = null, Clients = () => client });

        using var outcome = await connection.AttemptAsync(Connections.Post(), default);

        outcome.Fate.Should().Be(RequestFate.Performed);
    }

    [Fact]
    public async Task A_time_limit_of_a_handler_leaves_the_outcome_open()
    {
        var service = new StubHandler(_ => throw new TimeoutRejectedException());
        using var connection = new HttpConnection(Connections.Settings(service));

        using var outcome = await connection.AttemptAsync(Connections.Post(), default);

        outcome.Fate.Should().Be(RequestFate.Unknown);
        outcome.Failure!.Failure.Should().Be(ConnectorFailure.Unreachable);
        outcome.Failure.Message.Should().Contain("a handler of the HTTP client ended the request");
    }

    private sealed class RepeatingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? response : await base.SendAsync(request, cancellationToken);
        }
    }
}
