using System.Net;

namespace Dataverse.Sync.Testing.Tests.Http;

public sealed class EmulatorHandlerTests
{
    [Fact]
    public async Task A_request_without_the_network_is_answered_and_logged_like_one_over_it()
    {
        await using var echo = await EchoHost.StartAsync();
        using var client = new HttpClient(echo.CreateHandler()) { BaseAddress = echo.Client.BaseAddress };

        using var direct = await client.PostAsync("/set('K%26L')?$filter=a%20eq%20'b'", new StringContent("12345"));
        using var network = await echo.Client.PostAsync("/set('K%26L')?$filter=a%20eq%20'b'", new StringContent("12345"));

        direct.StatusCode.Should().Be(HttpStatusCode.OK);
        (await direct.Content.ReadAsStringAsync()).Should().Be(await network.Content.ReadAsStringAsync());
        var entries = echo.Log.Entries;
        entries.Should().HaveCount(2);
        entries[0].Should().BeEquivalentTo(
            entries[1], options => options.Excluding(entry => entry.Number).Excluding(entry => entry.Headers));
    }

    [Fact]
    public async Task Planned_faults_strike_requests_without_the_network()
    {
        await using var echo = await EchoHost.StartAsync();
        using var client = new HttpClient(echo.CreateHandler()) { BaseAddress = echo.Client.BaseAddress };
        echo.Faults.Add(EmulatorFault.ConnectionCut(afterCommit: true));
        echo.Faults.Add(EmulatorFault.Refusal(503));

        var cut = () => client.GetAsync("/a");
        await cut.Should().ThrowAsync<HttpRequestException>();
        (await client.GetAsync("/a")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await client.GetAsync("/a")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_request_that_its_client_cancels_is_executed_all_the_same()
    {
        await using var echo = await EchoHost.StartAsync();
        using var client = new HttpClient(echo.CreateHandler()) { BaseAddress = echo.Client.BaseAddress };
        using var cancellation = new CancellationTokenSource();
        echo.Faults.Add(EmulatorFault.Delay(TimeSpan.FromMinutes(1)));

        var request = client.PostAsync("/a", new StringContent("1"), cancellation.Token);
        await cancellation.CancelAsync();
        echo.Time.Advance(TimeSpan.FromMinutes(1));

        await request.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        echo.Log.Entries.Should().ContainSingle().Which.RowWrites.Should().Be(1);
    }
}
