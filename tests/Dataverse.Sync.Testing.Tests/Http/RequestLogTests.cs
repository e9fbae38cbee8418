using System.Net;

namespace Dataverse.Sync.Testing.Tests.Http;

public sealed class RequestLogTests
{
    [Fact]
    public async Task Entry_holds_target_as_sent_status_time_and_sizes_but_no_token()
    {
        await using var echo = await EchoHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/set('K%26L')?$filter=a%20eq%20'b'")
        {
            Content = new StringContent("12345"),
        };
        request.Headers.Add("Authorization", "Bearer secret");
        request.Headers.Add("Prefer", "odata.maxpagesize=5");

        _ = await echo.Client.SendAsync(request);

        var entry = echo.Log.Entries.Should().ContainSingle().Subject;
        entry.Should().BeEquivalentTo(new
        {
            Number = 1L,
            Method = "POST",
            PathAndQuery = "/set('K%26L')?$filter=a%20eq%20'b'",
            Status = 200,
            ReceivedAt = echo.Time.GetUtcNow(),
            RequestSize = 5,
            ResponseSize = EchoService.Body.Length,
            IsWrite = true,
            RowWrites = 1,
        });
        entry.Headers.Should().NotContainKey("authorization").And.ContainKey("prefer");
    }

    [Fact]
    public async Task Counters_tell_reads_writes_and_rows_apart_until_reset()
    {
        await using var echo = await EchoHost.StartAsync();
        _ = await echo.Client.GetAsync("/a");
        _ = await echo.Client.GetAsync("/b");
        _ = await echo.Client.PostAsync("/c", null);

        (echo.Log.RequestCount, echo.Log.ReadRequestCount, echo.Log.WriteRequestCount, echo.Log.RowWriteCount).Should()
            .Be((3, 2, 1, 1));
        echo.Log.Reset();
        (echo.Log.RequestCount, echo.Log.ReadRequestCount, echo.Log.WriteRequestCount, echo.Log.RowWriteCount).Should()
            .Be((0, 0, 0, 0));
        echo.Log.Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task Concurrent_requests_are_all_entered_once()
    {
        await using var echo = await EchoHost.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => echo.Client.PostAsync($"/{i}", null)));

        echo.Log.RowWriteCount.Should().Be(60);
        echo.Log.Entries.Select(e => e.Number).Should().BeEquivalentTo(Enumerable.Range(1, 60));
    }

    [Fact]
    public async Task Defect_in_the_service_answers_500_with_its_stack()
    {
        await using var echo = await EchoHost.StartAsync();

        var response = await echo.Client.GetAsync("/defect");

        response.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).Should().Contain("broken on purpose");
    }
}
