using Dataverse.Sync.Http;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;
using static Dataverse.Sync.WebApi.Tests.WriteRequestTests;

namespace Dataverse.Sync.WebApi.Tests.Throttling;

/// <summary>Bulk loads over real HTTP, with the limits of the cloud in a window that is a fiftieth as long.</summary>
public sealed class EmulatorLoadTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(6);
    private static readonly DataverseServiceProtection Protection = new() { Window = Window, MaxRequests = 120, MaxExecutionTime = TimeSpan.FromSeconds(12), RetryAfter = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_load_of_quick_requests_uses_nine_tenths_of_the_requests_of_each_server(int servers)
    {
        var entries = await LoadAsync(TimeSpan.FromMilliseconds(23), Protection with { WebServers = servers }, requests: 580 * servers);

        entries.Should().NotContain(entry => entry.Status == 429);
        WindowUse.ShouldBeNineTenths(ByWindow(entries).Select(count => (double)count), 120 * servers);
    }

    [Fact]
    public async Task A_load_of_slow_requests_uses_nine_tenths_of_the_execution_time()
    {
        var latency = TimeSpan.FromMilliseconds(127);

        var entries = await LoadAsync(latency, Protection, requests: 460);

        entries.Should().NotContain(entry => entry.Status == 429);
        WindowUse.ShouldBeNineTenths(ByWindow(entries).Select(count => count * latency.TotalSeconds), 12);
    }

    [Fact]
    public async Task A_lower_limit_than_configured_is_learned_from_the_headers()
    {
        var entries = await LoadAsync(TimeSpan.FromMilliseconds(23), Protection with { MaxRequests = 80 }, requests: 380);

        entries.Should().NotContain(entry => entry.Status == 429);
        WindowUse.ShouldBeNineTenths(ByWindow(entries).Select(count => (double)count), 80);
    }

    private static async Task<IReadOnlyList<LoggedRequest>> LoadAsync(TimeSpan latency, DataverseServiceProtection protection, int requests)
    {
        var clock = new EmulatorClock(latency);
        await using var emulator = await DataverseEmulator.StartAsync(new() { TimeProvider = clock, RequestLatency = latency, ServiceProtection = protection });
        Func<CancellationToken, ValueTask<string>> token = _ => new("token");
        var options = new WebApiOptions
        {
            EnvironmentUrl = emulator.BaseAddress,
            AccessToken = token,
            CreateBatchSize = 1,
            RequestLimit = Protection.MaxRequests,
            ExecutionTimeLimit = Protection.MaxExecutionTime,
            LimitWindow = Window,
        };
        using var connector = new WebApiConnector(options, clock);
        var governor = new HttpConnectionSettings
        {
            Connector = connector.Name,
            BaseAddress = emulator.BaseAddress,
            AccessToken = token,
            MaxConcurrency = options.MaxConcurrency,
            TimeProvider = clock,
            Logger = NullLogger.Instance,
        }.ShareGovernor();
        var batch = new WriteBatch("account", [.. Enumerable.Range(0, requests).Select(_ => Insert(Guid.NewGuid(), ("name", FieldValue.Text("A"))))]);

        var results = await clock.RunAsync(governor, () => connector.WriteAsync(batch, default));

        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        return [.. emulator.Requests.Entries.Where(entry => entry.IsWrite).OrderBy(entry => entry.ReceivedAt)];
    }

    /// <summary>The requests of each full window, counted from the first write.</summary>
    private List<int> ByWindow(IReadOnlyList<LoggedRequest> entries)
    {
        var (begin, end) = (entries[0].ReceivedAt, entries[^1].ReceivedAt);
        var full = (int)((end - begin) / Window);
        var counts = Enumerable.Range(0, full).Select(window => entries.Count(entry => (int)((entry.ReceivedAt - begin) / Window) == window)).ToList();
        output.WriteLine($"requests by window: {string.Join(", ", counts)}; 429s: {entries.Count(entry => entry.Status == 429)}");
        return counts;
    }
}
