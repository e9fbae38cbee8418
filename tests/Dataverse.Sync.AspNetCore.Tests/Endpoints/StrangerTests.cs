using System.Net;
using static Dataverse.Sync.AspNetCore.Tests.Senders;
using static Dataverse.Sync.AspNetCore.Tests.SyncProcess;

namespace Dataverse.Sync.AspNetCore.Tests.Endpoints;

/// <summary>Strangers have no effect, and do not lock the services out.</summary>
public sealed class StrangerTests
{
    [Fact]
    public async Task Strangers_are_slowed_down_and_genuine_senders_of_the_same_address_are_not()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape, options =>
        {
            Everything(landscape)(options);
            options.RefusedRequestsPerMinute = 3;
        });
        var statuses = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            statuses.Add(await process.NotifyAsync(Body(Entry(process, "customers", state: $"guess-{i}-0123456789012345"))));
        }

        (await process.PostAsync("{}", "?code=guess")).Should().Be(429);
        statuses.Should().Equal(401, 401, 401, 429, 429, 429);

        (await process.NotifyAsync(Body(Entry(process, "customers")))).Should().Be(200);
        (await process.PostAsync("""{"PrimaryEntityName":"contact"}""", $"?code={Key}")).Should().Be(200);
        (await process.NotifyAsync("", "?validationToken=abc")).Should().Be(200);
        await process.ShouldWakeAsync(Customers, Contacts);
        process.Log.Entries.Count(entry => entry.Event == "Refused").Should().Be(3);
    }

    [Fact]
    public async Task Log_contains_nothing_that_a_request_sent()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        _ = await process.NotifyAsync(Body(Entry(process, "customers", state: "a-guess-0123456789012345")));
        _ = await process.PostAsync("{}", "?code=a-guess", ("x-webhook-key", "a-guess"));
        _ = await process.NotifyAsync(Body(Entry(process, "vendors")));
        await process.ShouldWakeAsync(Vendors);

        process.Log.Entries.Should().NotContain(entry => entry.Text.Contains("guess", StringComparison.Ordinal)
            || entry.Text.Contains(State, StringComparison.Ordinal) || entry.Text.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_methods_and_paths_are_not_taken()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);
        using var http = new HttpClient { BaseAddress = process.Address };

        (await http.GetAsync("hooks/business-central?validationToken=a")).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await http.PutAsync("hooks/dataverse", null)).StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed);
        (await http.PostAsync("hooks", null)).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Addresses_of_one_network_count_together_and_partitions_are_bounded()
    {
        using var limit = new StrangerLimit(1);

        limit.TryCount(IPAddress.Parse("2001:db8::1")).Should().BeTrue();
        limit.TryCount(IPAddress.Parse("2001:db8::2:1")).Should().BeFalse();
        _ = limit.TryCount(IPAddress.Parse("192.0.2.1"));
        limit.IsReached(IPAddress.Parse("::ffff:192.0.2.1")).Should().BeTrue();
        Enumerable.Range(0, 20_000).Count(i => limit.TryCount(new IPAddress(i))).Should().BeInRange(200, 256);
    }
}
