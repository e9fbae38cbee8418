using Dataverse.Sync.BusinessCentral.Tests.Emulator;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Dataverse.Sync.BusinessCentral.Tests.Throttling;

/// <summary>Bulk loads of two companies by one account over real HTTP, with the limits of the cloud in a window that is a fiftieth as long.</summary>
public sealed class EmulatorLoadTests(ITestOutputHelper output)
{
    private const int PartsPerBatch = 10;
    private const int LimitOfTheWindow = 600;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(23);

    [Fact]
    public async Task A_load_uses_nine_tenths_of_every_window_without_a_refusal()
    {
        var entries = await LoadAsync(LimitOfTheWindow);

        entries.Should().NotContain(entry => entry.Status == 429);
        WindowUse.ShouldBeNineTenths(WrittenByWindow(entries).Select(rows => (double)rows), LimitOfTheWindow);
    }

    [Fact]
    public async Task A_load_under_a_lower_limit_than_configured_is_refused_in_the_first_window_only()
    {
        var entries = await LoadAsync(LimitOfTheWindow / 2);

        var refused = entries.Where(entry => entry.Status == 429).ToList();
        refused.Should().NotBeEmpty().And.OnlyContain(entry => entry.ReceivedAt < entries[0].ReceivedAt + Window);
        WindowUse.ShouldBeNineTenths(WrittenByWindow(entries).Skip(1).Select(rows => (double)rows), LimitOfTheWindow / 2d);
    }

    private static async Task<IReadOnlyList<LoggedRequest>> LoadAsync(int limit)
    {
        var clock = new EmulatorClock(Latency);
        await using var emulator = await BusinessCentralEmulator.StartAsync(new()
        {
            TimeProvider = clock,
            RequestDuration = Latency,
            CreateContactsForBusinessRelations = false,
            Limits = BusinessCentralLimits.Online with { RequestsPerWindow = limit, Window = Window },
        });
        _ = emulator.AddCompany("CRONUS");
        _ = emulator.AddCompany("Second");
        using var first = EmulatorConnector.Make(emulator, options => Configure(options, "CRONUS"), clock);
        using var second = EmulatorConnector.Make(emulator, options => Configure(options, "Second"), clock);
        var governor = GovernorOf(emulator.BaseAddress, clock);

        var results = await clock.RunAsync(governor, () => Task.WhenAll(new[] { first, second }.Select(connector => WriteAsync(connector, limit * 5 / 2))));

        results.SelectMany(result => result).Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        return [.. emulator.Requests.Entries.Where(entry => entry.IsWrite).OrderBy(entry => entry.ReceivedAt)];
    }

    private static RequestGovernor GovernorOf(Uri baseAddress, TimeProvider clock) => new HttpConnectionSettings
    {
        Connector = "Business Central",
        BaseAddress = baseAddress,
        AccessToken = _ => new("secret"),
        Account = "load",
        TimeProvider = clock,
        Logger = NullLogger.Instance,
    }.ShareGovernor();

    private static void Configure(BusinessCentralOptions options, string company)
    {
        options.Company = company;
        options.Account = "load";
        options.BatchSize = PartsPerBatch;
        options.RequestLimit = LimitOfTheWindow;
        options.LimitWindow = Window;
    }

    private static Task<IReadOnlyList<WriteResult>> WriteAsync(BusinessCentralConnector connector, int count) => connector.WriteAsync(
        new WriteBatch("customers", [.. Enumerable.Range(0, count).Select(number => EmulatorFixture.Insert($"C{number}"))]), default);

    /// <summary>The rows of each full window, counted from the first write.</summary>
    private List<int> WrittenByWindow(IReadOnlyList<LoggedRequest> entries)
    {
        var (begin, end) = (entries[0].ReceivedAt, entries[^1].ReceivedAt);
        var full = (int)((end - begin) / Window);
        var rows = Enumerable.Range(0, full).Select(window => entries.Where(entry => (int)((entry.ReceivedAt - begin) / Window) == window).Sum(entry => entry.RowWrites)).ToList();
        output.WriteLine($"rows by window: {string.Join(", ", rows)}; 429s: {entries.Count(entry => entry.Status == 429)}");
        return rows;
    }
}
