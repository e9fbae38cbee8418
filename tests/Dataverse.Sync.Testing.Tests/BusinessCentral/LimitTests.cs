using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class LimitTests
{
    [Fact]
    public async Task Request_beyond_the_window_is_429_until_the_window_slides()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { Limits = new() { RequestsPerWindow = 2 } });
        _ = await bc.GetAsync("customers");
        bc.Time.Advance(TimeSpan.FromMinutes(1));
        _ = await bc.GetAsync("customers");

        var refused = await bc.GetAsync("customers");
        bc.Time.Advance(TimeSpan.FromMinutes(4));
        var slid = await bc.GetAsync("customers");

        refused.ShouldBeRefused(429, "Application_TooManyRequests");
        refused.Message.Should().Contain("3").And.Contain("2");
        refused.Headers.RetryAfter.Should().BeNull();
        slid.Status.Should().Be(200);
        (await bc.GetAsync("customers")).Status.Should().Be(429);
    }

    [Fact]
    public async Task Users_have_their_own_windows()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { Limits = new() { RequestsPerWindow = 1, RetryAfter = TimeSpan.FromSeconds(9) } });
        using var other = bc.NewClient("other");
        _ = await bc.GetAsync("customers");

        (await bc.GetAsync("customers")).Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(9));
        (await other.GetAsync(new Uri("companies", UriKind.Relative))).IsSuccessStatusCode.Should().BeTrue();
    }

    [Theory]
    [InlineData(true, 429)]
    [InlineData(false, 200)]
    public async Task Parts_of_a_batch_count_as_requests_unless_switched(bool counts, int status)
    {
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { Limits = new() { RequestsPerWindow = 2, CountsBatchParts = counts } });
        var parts = Enumerable.Range(0, 3)
            .Select(i => new JsonObject { ["id"] = $"{i}", ["method"] = "GET", ["url"] = "companies" });

        var answer = await bc.SendRawAsync(
            "POST", "$batch", new JsonObject { ["requests"] = new JsonArray([.. parts]) }.ToJsonString());

        answer.Status.Should().Be(status);
    }

    [Fact]
    public async Task Requests_beyond_the_concurrent_ones_wait_and_beyond_the_queue_are_429()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new()
        {
            // The clock runs on while the responses are on their way: nobody must wait too long meanwhile.
            Limits = new() { Concurrent = 1, Queue = 1, QueueWait = TimeSpan.FromDays(40) },
            RequestDuration = TimeSpan.FromSeconds(1),
        });

        var three = new[] { bc.GetAsync("customers"), bc.GetAsync("customers"), bc.GetAsync("customers") };
        var first = await await Task.WhenAny(three);
        first.ShouldBeRefused(429, "Application_TooManyRequests");
        await bc.AdvanceUntilAsync(Task.WhenAll(three), TimeSpan.FromSeconds(1));

        three.Select(task => task.Result.Status).Order().Should().Equal(200, 200, 429);
    }

    [Fact]
    public async Task Request_that_waits_too_long_in_the_queue_is_503()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(new()
        {
            Limits = new() { Concurrent = 1, QueueWait = TimeSpan.FromMinutes(1) },
            RequestDuration = TimeSpan.FromDays(45),
        });

        var arrived = 0;
        bc.Emulator.Faults.Add(EmulatorFault.Refusal(500).On(_ => Interlocked.Increment(ref arrived) < 0));
        var two = new[] { bc.GetAsync("customers"), bc.GetAsync("customers") };
        while (Volatile.Read(ref arrived) < 2)
        {
            await Task.Yield();
        }

        await bc.AdvanceUntilAsync(Task.WhenAny(two), TimeSpan.FromSeconds(1));

        (await await Task.WhenAny(two)).ShouldBeRefused(503, "Internal_ServerError");
    }
}
