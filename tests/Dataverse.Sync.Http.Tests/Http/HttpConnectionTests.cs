using System.IO.Compression;
using System.Net;
using System.Text;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http.Tests;

public sealed class HttpConnectionTests
{
    private readonly InstantTimeProvider time = new();

    [Fact]
    public async Task Send_adds_the_token_the_product_and_the_headers()
    {
        var handler = new StubHandler(_ => StubHandler.Json("{}"));
        using var connection = new HttpConnection(Connections.Settings(handler) with { Headers = [new("Accept-Language", "en-US")] });

        using var answer = await connection.SendAsync(Connections.Get() with { Headers = [new("Prefer", "odata.maxpagesize=5")] }, default);

        Encoding.UTF8.GetString(answer.Body.Span).Should().Be("{}");
        var headers = handler.Requests.Should().ContainSingle().Subject.Headers;
        headers["Authorization"].Should().Be("Bearer secret");
        headers["User-Agent"].Should().StartWith("Dataverse.Sync.Http.Tests/", "the product is the assembly that the sources are compiled into");
        headers["Accept-Language"].Should().Be("en-US");
        headers["Prefer"].Should().Be("odata.maxpagesize=5");
    }

    [Theory]
    [InlineData("https://elsewhere.example/x")]
    [InlineData("http://erp.example/x")]
    [InlineData("https://erp.example:444/x")]
    [InlineData("https://user:word@erp.example/x")]
    public async Task Send_to_another_origin_is_refused_before_anything_leaves(string address)
    {
        var handler = new StubHandler(_ => StubHandler.Json("{}"));
        using var connection = new HttpConnection(Connections.Settings(handler));

        var send = () => connection.SendAsync(HttpCall.Get(new Uri(address), "read"), default);

        var refusal = (await send.Should().ThrowAsync<ConnectorException>()).Which;
        refusal.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        refusal.Message.Should().NotContain("word").And.NotContain("/x");
        handler.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Unauthorized_asks_for_another_token_once()
    {
        var tokens = 0;
        var handler = StubHandler.Sequence(() => StubHandler.Error(401, "Authentication_InvalidCredentials"), () => StubHandler.Json("{}"));
        using var connection = new HttpConnection(Connections.Settings(handler) with { AccessToken = _ => new($"token{++tokens}") });

        using var answer = await connection.SendAsync(Connections.Post(), default);

        handler.Requests.Select(request => request.Headers["Authorization"]).Should().Equal("Bearer token1", "Bearer token2");
    }

    [Theory]
    [InlineData(401, ConnectorFailure.Authentication)]
    [InlineData(403, ConnectorFailure.Authorization)]
    [InlineData(404, ConnectorFailure.NotFound)]
    [InlineData(400, ConnectorFailure.Refused)]
    [InlineData(501, ConnectorFailure.Refused)]
    [InlineData(302, ConnectorFailure.MalformedAnswer)]
    [InlineData(304, ConnectorFailure.MalformedAnswer)]
    public async Task A_permanent_failure_is_not_repeated(int status, ConnectorFailure expected)
    {
        var handler = new StubHandler(_ => StubHandler.Error(status, "Some_Code", "A secret value."));
        using var connection = new HttpConnection(Connections.Settings(handler, time));

        var send = () => connection.SendAsync(Connections.Get(), default);

        var failure = (await send.Should().ThrowAsync<ConnectorException>()).Which;
        failure.Failure.Should().Be(expected);
        failure.StatusCode.Should().Be(status);
        failure.ErrorCode.Should().Be("Some_Code");
        failure.IsTransient.Should().BeFalse();
        failure.Message.Should().Be($"Business Central: read 'customers': HTTP {status}, Some_Code.");
        handler.Requests.Should().HaveCount(status == 401 ? 2 : 1);
        time.Pauses.Should().BeEmpty();
    }

    [Theory]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    public async Task A_redirected_write_may_have_been_performed(int status)
    {
        var handler = new StubHandler(_ => StubHandler.Html(status));
        using var connection = new HttpConnection(Connections.Settings(handler, time));

        using var outcome = await connection.AttemptAsync(Connections.Post(), default);

        outcome.Fate.Should().Be(RequestFate.Unknown);
        handler.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_cannot_be_decompressed_is_a_malformed_answer(string encoding)
    {
        var handler = new StubHandler(_ => new() { Content = new StreamContent(Broken(encoding)) });
        using var connection = new HttpConnection(Connections.Settings(handler, time));

        using var outcome = await connection.AttemptAsync(Connections.Post(), default);

        outcome.Failure!.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        outcome.Fate.Should().Be(RequestFate.Unknown);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task An_error_whose_body_cannot_be_decompressed_is_judged_by_its_status(string encoding)
    {
        var handler = new StubHandler(_ => new(HttpStatusCode.Forbidden) { Content = new StreamContent(Broken(encoding)) });
        using var connection = new HttpConnection(Connections.Settings(handler, time));

        using var outcome = await connection.AttemptAsync(Connections.Get(), default);

        outcome.Failure!.Failure.Should().Be(ConnectorFailure.Authorization);
    }

    [Fact]
    public async Task A_bomb_is_unpacked_no_further_than_the_limit()
    {
        const int Limit = 1024 * 1024;
        using var bomb = new CountingStream(new GZipStream(new MemoryStream(Zip("gzip", new byte[64 * Limit])), CompressionMode.Decompress));
        var handler = new StubHandler(_ => new() { Content = new StreamContent(bomb) });
        using var connection = new HttpConnection(Connections.Settings(handler, time) with { MaxResponseBytes = Limit });

        using var outcome = await connection.AttemptAsync(Connections.Get(), default);

        outcome.Failure!.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        bomb.BytesRead.Should().BeInRange(Limit, 3 * Limit);
        handler.Requests.Should().ContainSingle("the answer would be as large again");
    }

    [Fact]
    public async Task A_length_that_is_announced_and_not_sent_takes_no_memory()
    {
        var handler = new StubHandler(_ => new() { Content = new StringContent("{}") { Headers = { ContentLength = 200 * 1024 * 1024 } } });
        using var connection = new HttpConnection(Connections.Settings(handler, time));
        var before = GC.GetAllocatedBytesForCurrentThread();

        using var outcome = await connection.AttemptAsync(Connections.Get(), default);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(20 * 1024 * 1024);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_is_repeated_with_growing_pauses(int status)
    {
        var handler = StubHandler.Sequence(() => StubHandler.Html(status), () => StubHandler.Html(status), () => StubHandler.Html(status), () => StubHandler.Json("{}"));
        using var connection = new HttpConnection(Connections.Settings(handler, time));

        using var answer = await connection.SendAsync(Connections.Get(), default);

        handler.Requests.Should().HaveCount(4);
        time.Pauses.Should().HaveCountGreaterThanOrEqualTo(3, "all requests wait after a 429 besides").And.OnlyContain(pause => pause > TimeSpan.Zero && pause <= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_pause_that_the_service_names_is_kept_by_all_requests()
    {
        var handler = StubHandler.Sequence(
            () =>
            {
                var response = StubHandler.Error(429, "Application_TooManyRequests");
                response.Headers.TryAddWithoutValidation("Retry-After", "7");
                return response;
            },
            () => StubHandler.Json("{}"));
        using var connection = new HttpConnection(Connections.Settings(handler, time));
        var start = time.GetUtcNow();

        using var answer = await connection.SendAsync(Connections.Post(), default);

        handler.Requests.Should().HaveCount(2);
        (time.GetUtcNow() - start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(7)).And.BeLessThan(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_pause_beyond_the_limit_ends_the_call()
    {
        var handler = new StubHandler(_ =>
        {
            var response = StubHandler.Error(503, "Internal_TenantUnavailable");
            response.Headers.TryAddWithoutValidation("Retry-After", "3600");
            return response;
        });
        using var connection = new HttpConnection(Connections.Settings(handler, time));

        var send = () => connection.SendAsync(Connections.Get(), default);

        var failure = (await send.Should().ThrowAsync<ConnectorException>()).Which;
        failure.RetryAfter.Should().Be(TimeSpan.FromHours(1));
        failure.IsTransient.Should().BeTrue();
        handler.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_write_whose_outcome_is_unknown_is_not_repeated(int status)
    {
        var handler = new StubHandler(_ => StubHandler.Html(status));
        using var connection = new HttpConnection(Connections.Settings(handler, time));

        using var outcome = await connection.AttemptAsync(Connections.Post(), default);

        outcome.Fate.Should().Be(RequestFate.Unknown);
        outcome.Failure!.Failure.Should().Be(ConnectorFailure.ServiceFault);
        handler.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_write_that_the_service_says_it_did_not_begin_is_repeated_and_a_gateways_page_is_not()
    {
        var own = StubHandler.Sequence(() => StubHandler.Error(503, "Internal_TenantUnavailable"), () => StubHandler.Json("{}"));
        var gateway = new StubHandler(_ => StubHandler.Html(503));

        using var done = await new HttpConnection(Connections.Settings(own, time)).AttemptAsync(Connections.Post(), default);
        using var open = await new HttpConnection(Connections.Settings(gateway, time)).AttemptAsync(Connections.Post(), default);

        done.Fate.Should().Be(RequestFate.Performed);
        open.Fate.Should().Be(RequestFate.Unknown);
        gateway.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, true)]
    [InlineData(HttpRequestError.NameResolutionError, true)]
    [InlineData(HttpRequestError.SecureConnectionError, true)]
    [InlineData(HttpRequestError.ResponseEnded, false)]
    [InlineData(HttpRequestError.Unknown, false)]
    public async Task A_write_is_repeated_only_when_it_cannot_have_arrived(HttpRequestError error, bool isRepeated)
    {
        var handler = new StubHandler(_ => throw new HttpRequestException(error));
        using var connection = new HttpConnection(Connections.Settings(handler, time));

        using var outcome = await connection.AttemptAsync(Connections.Post(), default);

        outcome.Failure!.Failure.Should().Be(ConnectorFailure.Unreachable);
        outcome.Failure.Message.Should().Contain("erp.example");
        outcome.Fate.Should().Be(isRepeated ? RequestFate.NotPerformed : RequestFate.Unknown);
        handler.Requests.Should().HaveCount(isRepeated ? 4 : 1);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_read_again_but_not_written_again()
    {
        var reads = StubHandler.Sequence(() => Broken(), () => StubHandler.Json("{}"));
        var writes = new StubHandler(_ => Broken());

        using var read = await new HttpConnection(Connections.Settings(reads, time)).AttemptAsync(Connections.Get(), default);
        using var written = await new HttpConnection(Connections.Settings(writes, time)).AttemptAsync(Connections.Post(), default);

        read.Fate.Should().Be(RequestFate.Performed);
        written.Fate.Should().Be(RequestFate.Unknown);
        writes.Requests.Should().ContainSingle();

        static HttpResponseMessage Broken() => new(HttpStatusCode.OK) { Content = new StreamContent(new BreakingStream()) };
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_beyond_the_limit_is_malformed(bool isDeclared)
    {
        var handler = new StubHandler(_ => new HttpResponseMessage
        {
            Content = isDeclared ? new ByteArrayContent(new byte[2_000]) : new StreamContent(new EndlessStream()),
        });
        using var connection = new HttpConnection(Connections.Settings(handler) with { MaxResponseBytes = 1_000 });

        var send = () => connection.SendAsync(Connections.Get(), default);

        (await send.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_leaves_the_outcome_open()
    {
        var handler = new StubHandler(_ => throw new TaskCanceledException());
        using var connection = new HttpConnection(Connections.Settings(handler, time));

        using var outcome = await connection.AttemptAsync(Connections.Post(), default);

        outcome.Fate.Should().Be(RequestFate.Unknown);
        outcome.Failure!.Failure.Should().Be(ConnectorFailure.Unreachable);
    }

    [Fact]
    public async Task Cancellation_is_no_failure()
    {
        using var connection = new HttpConnection(Connections.Settings(new StubHandler(_ => StubHandler.Json("{}"))));

        var send = () => connection.SendAsync(Connections.Get(), new CancellationToken(canceled: true));

        await send.Should().ThrowAsync<OperationCanceledException>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    public async Task A_token_that_is_none_is_an_authentication_failure_that_does_not_show_it(string token)
    {
        var handler = new StubHandler(_ => StubHandler.Json("{}"));
        using var connection = new HttpConnection(Connections.Settings(handler) with { AccessToken = _ => new(token) });

        var send = () => connection.SendAsync(Connections.Get(), default);

        var failure = (await send.Should().ThrowAsync<ConnectorException>()).Which;
        failure.Failure.Should().Be(ConnectorFailure.Authentication);
        failure.ToString().Should().NotContain("two words").And.NotContain("line\nbreak");
        handler.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task No_more_requests_than_allowed_are_under_way()
    {
        var underWay = 0;
        var most = 0;
        var handler = new StubHandler(request =>
        {
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            Thread.Yield();
            Interlocked.Decrement(ref underWay);
            return StubHandler.Json("{}");
        });
        using var connection = new HttpConnection(Connections.Settings(handler) with { MaxConcurrency = 2 });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => (await connection.SendAsync(Connections.Get(), default)).Dispose())));

        most.Should().BeLessThanOrEqualTo(2);
        handler.Requests.Should().HaveCount(50);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }

    private sealed class BreakingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new HttpIOException(HttpRequestError.ResponseEnded);
    }

    private static Stream Broken(string encoding)
    {
        var whole = Zip(encoding, Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 20_000))));
        byte[] broken = [.. whole[..2], .. whole[2..].Select(value => (byte)~value)];
        return Packing(encoding, new MemoryStream(broken), CompressionMode.Decompress);
    }

    private static byte[] Zip(string encoding, byte[] content)
    {
        var output = new MemoryStream();
        using (var packing = Packing(encoding, output, CompressionMode.Compress))
        {
            packing.Write(content);
        }

        return output.ToArray();
    }

    private static Stream Packing(string encoding, Stream inner, CompressionMode mode) => encoding switch
    {
        "gzip" => new GZipStream(inner, mode),
        "br" => new BrotliStream(inner, mode),
        _ => new ZLibStream(inner, mode),
    };
}
