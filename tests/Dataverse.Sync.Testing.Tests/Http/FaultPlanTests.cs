using System.Net;

namespace Dataverse.Sync.Testing.Tests.Http;

public sealed class FaultPlanTests
{
    [Fact]
    public async Task Too_many_requests_carries_whole_seconds_and_does_not_reach_the_service()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.TooManyRequests(TimeSpan.FromMilliseconds(2500)));

        var response = await echo.Client.GetAsync("/");

        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(3));
        (await response.Content.ReadAsStringAsync()).Should().Be("""{"error":"usual"}""");
        echo.Service.Handled.Should().Be(0);
    }

    [Fact]
    public async Task Doubled_request_is_executed_twice_and_the_second_answer_is_sent()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.Doubled());

        (await echo.Client.PostAsync("/", null)).StatusCode.Should().Be(HttpStatusCode.OK);

        echo.Service.Handled.Should().Be(2);
        echo.Log.Entries.Should().ContainSingle().Which.RowWrites.Should().Be(2);
    }

    [Fact]
    public async Task Late_request_arrives_after_its_connection_was_closed()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.LateArrival());

        await echo.Client.Invoking(c => c.PostAsync("/", null)).Should().ThrowAsync<HttpRequestException>();

        (echo.Service.Handled, echo.Faults.LateRequestCount).Should().Be((0, 1));
        await echo.Faults.LandLateRequestsAsync();
        (echo.Service.Handled, echo.Faults.LateRequestCount).Should().Be((1, 0));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Redirect_is_sent_with_its_target(bool afterCommit, int rows)
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.Redirect(new Uri("https://elsewhere.example/"), 307, afterCommit));
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = echo.Client.BaseAddress };

        var response = await client.PostAsync("/", null);

        (response.StatusCode, response.Headers.Location).Should().Be((HttpStatusCode.TemporaryRedirect, new Uri("https://elsewhere.example/")));
        echo.Service.Handled.Should().Be(rows);
    }

    [Fact]
    public async Task Changed_body_is_sent_in_place_of_the_service_s_own()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.ChangedBody(body => body.Replace("abc", "xyz", StringComparison.Ordinal)));

        (await echo.Client.GetStringAsync("/")).Should().Be("""{"answer":"xyzdefghij"}""");
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Interruption_acts_between_requests_and_may_end_the_client(bool afterCommit, int handled)
    {
        await using var echo = await EchoHost.StartAsync();
        var seen = new List<string>();
        echo.Faults.Add(EmulatorFault.Interruption(target => seen.Add(target.Method)));
        echo.Faults.Add(EmulatorFault.Interruption(_ => throw new OperationCanceledException(), afterCommit));

        (await echo.Client.GetAsync("/")).StatusCode.Should().Be(HttpStatusCode.OK);
        await echo.Client.Invoking(c => c.PostAsync("/", null)).Should().ThrowAsync<HttpRequestException>();

        seen.Should().Equal("GET");
        echo.Service.Handled.Should().Be(1 + handled);
    }

    [Fact]
    public void Only_refusals_and_doubled_requests_affect_parts_of_batches()
    {
        EmulatorFault.Doubled().InBatches().AffectsParts.Should().BeTrue();
        FluentActions.Invoking(() => EmulatorFault.TruncatedBody().InBatches()).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task Too_many_requests_without_retry_after_sends_no_such_header()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.TooManyRequests());

        (await echo.Client.GetAsync("/")).Headers.RetryAfter.Should().BeNull();
    }

    [Fact]
    public async Task Gateway_timeout_comes_after_the_commit_unless_told_otherwise()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.GatewayTimeout());
        echo.Faults.Add(EmulatorFault.GatewayTimeout(afterCommit: false));

        var first = await echo.Client.PostAsync("/", null);
        var second = await echo.Client.PostAsync("/", null);

        first.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        second.StatusCode.Should().Be(HttpStatusCode.GatewayTimeout);
        echo.Log.Entries.Select(e => e.RowWrites).Should().Equal(1, 0);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Connection_cut_leaves_no_answer_and_commits_as_told(bool afterCommit, int rows)
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.ConnectionCut(afterCommit));

        await echo.Client.Invoking(c => c.PostAsync("/", null)).Should().ThrowAsync<HttpRequestException>();

        echo.Log.Entries.Should().ContainSingle().Which.Should()
            .BeEquivalentTo(new { Status = 0, RowWrites = rows, ResponseSize = 0 });
        echo.Service.Handled.Should().Be(rows);
    }

    [Fact]
    public async Task Html_error_has_a_page_for_a_body()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.HtmlError());

        var response = await echo.Client.GetAsync("/");

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        (await response.Content.ReadAsStringAsync()).Should().StartWith("<!DOCTYPE html>");
    }

    [Fact]
    public async Task Truncated_body_is_half_of_the_true_answer()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.TruncatedBody());

        var body = await echo.Client.GetStringAsync("/");

        body.Should().Be(EchoService.Body[..(EchoService.Body.Length / 2)]);
    }

    [Fact]
    public async Task Delay_waits_on_the_emulators_clock()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.Delay(TimeSpan.FromMinutes(5)));

        var slow = echo.Client.GetAsync("/slow");
        await Task.WhenAny(slow, WaitUntil(() => echo.Faults.StruckCount == 1));
        echo.Service.Handled.Should().Be(0);
        while (!slow.IsCompleted)
        {
            echo.Time.Advance(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }

        (await slow).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Predicate_passes_and_strikes_choose_the_requests()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(
            EmulatorFault.Unauthorized().On(r => r.PathAndQuery.StartsWith("/x", StringComparison.Ordinal)).After(1)
                .Times(2));

        var statuses = new List<int>();
        foreach (var path in new[] { "/x", "/y", "/x", "/y", "/x", "/x" })
        {
            statuses.Add((int)(await echo.Client.GetAsync(path)).StatusCode);
        }

        statuses.Should().Equal(200, 200, 401, 200, 401, 200);
        (echo.Faults.StruckCount, echo.Faults.IsPending).Should().Be((2, false));
    }

    [Fact]
    public async Task Always_strikes_until_the_plan_is_cleared()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Faults.Add(EmulatorFault.ServiceUnavailable().Always());
        for (var i = 0; i < 3; i++)
        {
            (await echo.Client.GetAsync("/")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        }

        echo.Faults.Clear();

        (await echo.Client.GetAsync("/")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Predicate_sees_the_body_and_no_token()
    {
        await using var echo = await EchoHost.StartAsync();
        echo.Client.DefaultRequestHeaders.Add("Authorization", "Bearer secret");
        FaultTarget? seen = null;
        echo.Faults.Add((EmulatorFault.Refusal(409) with { ErrorCode = "X" }).On(r =>
        {
            seen = r;
            return true;
        }));

        var response = await echo.Client.PostAsync("/v9.2/$batch?x=1", new StringContent("parts"));

        (await response.Content.ReadAsStringAsync()).Should().Be("""{"error":"X"}""");
        seen!.Body.Should().Be("parts");
        seen.IsBatch.Should().BeTrue();
        seen.Headers.Should().NotContainKey("Authorization");
    }

    [Fact]
    public void Refusal_with_a_status_that_is_no_error_is_rejected() =>
        FluentActions.Invoking(() => EmulatorFault.Refusal(200)).Should().Throw<ArgumentOutOfRangeException>();

    private static async Task WaitUntil(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
