using CsCheck;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace Dataverse.Sync.Http.Tests;

/// <summary>Bulk loads in virtual time against the limits of the emulator.</summary>
public sealed class BusinessCentralLoadTests(ITestOutputHelper output)
{
    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData(1, 20, 150)]
    [InlineData(10, 500, 2_000)]
    [InlineData(100, 5_000, 15_000)]
    public void A_load_uses_nine_tenths_of_the_real_limits_without_a_refusal(int weight, int leastMilliseconds, int mostMilliseconds)
    {
        var windows = Run(BusinessCentralLimits.Online, load => load with
        {
            Weight = weight,
            Duration = (TimeSpan.FromMilliseconds(leastMilliseconds), TimeSpan.FromMilliseconds(mostMilliseconds)),
        });

        windows.Should().OnlyContain(window => window.Requests >= 5_400 && window.Requests <= 6_000);
        windows.Should().OnlyContain(window => window.Refused == 0 && window.Queued == 0);
    }

    [Fact]
    public void A_load_of_slow_requests_keeps_all_five_places_busy()
    {
        var windows = Run(BusinessCentralLimits.Online, load => load with { Duration = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)) });

        windows.Should().OnlyContain(window => window.Seconds >= 0.9 * 5 * 300 && window.Refused == 0 && window.Queued == 0);
    }

    [Fact]
    public void A_lower_limit_than_configured_is_learned_from_the_refusals_of_the_first_window()
    {
        var windows = Run(new BusinessCentralLimits { RequestsPerWindow = 3_000 });

        windows[0].Refused.Should().BePositive();
        windows.Skip(1).Should().OnlyContain(window => window.Requests >= 2_700 && window.Refused == 0);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public void Another_client_of_the_account_is_noticed_by_the_refusals_of_the_first_window(double rate)
    {
        // With room for all at once, so that only the limit of the window is under test and nothing waits in the service's queue.
        var windows = Run(BusinessCentralLimits.Online with { Concurrent = 100 }, load => load with { OtherRate = rate });

        windows[0].Refused.Should().BePositive();
        windows.Skip(1).Should().OnlyContain(window => window.Requests >= 0.9 * (6_000 - (300 * rate)) && window.Refused == 0);
    }

    [Theory]
    [InlineData(2, 1, 20, 150)]
    [InlineData(2, 10, 500, 2_000)]
    [InlineData(3, 1, 20, 150)]
    public void Processes_that_know_nothing_of_each_other_stay_within_the_limits_of_their_account(
        int processes, int weight, int leastMilliseconds, int mostMilliseconds)
    {
        var windows = Run(BusinessCentralLimits.Online, load => load with
        {
            Weight = weight,
            Processes = processes,
            Workers = 20 * processes,
            Duration = (TimeSpan.FromMilliseconds(leastMilliseconds), TimeSpan.FromMilliseconds(mostMilliseconds)),
        });

        windows.Skip(1).Should().OnlyContain(window => window.Requests >= 0.85 * 6_000 && window.Requests <= 6_000);
        windows.Skip(1).Should().OnlyContain(window => window.Refused == 0);
    }

    [Fact]
    public void A_lowered_limit_is_tried_again_after_half_an_hour()
    {
        var isLow = true;
        var (low, full) = (new UserLimiter(new BusinessCentralLimits { RequestsPerWindow = 3_000 }, time), new UserLimiter(BusinessCentralLimits.Online, time));
        var windows = Run(BusinessCentralLimits.Online, load => load with { Windows = 20, Arrive = weight => new LimiterVisit(isLow ? low : full, weight) }, () => isLow = false);

        windows[2].Requests.Should().BeLessThan(3_000);
        windows[^1].Requests.Should().BeGreaterThanOrEqualTo(5_400);
    }

    [Fact]
    public void No_load_is_ever_refused_where_the_limits_are_those_configured()
    {
        var loads =
            from requests in Gen.Int[50, 300]
            from concurrent in Gen.Int[1, 8]
            from weight in Gen.Int[1, 20]
            from workers in Gen.Int[1, 30]
            from latency in Gen.Int[0, 1_500]
            from least in Gen.Int[0, 500]
            from more in Gen.Int[0, 2_000]
            from seed in Gen.Int[0, 1_000_000]
            select (requests, concurrent, weight, workers, latency, least, more, seed);

        loads.Sample(
            sample =>
            {
                var clock = new FakeTimeProvider();
                var limits = new BusinessCentralLimits
                {
                    RequestsPerWindow = sample.requests,
                    Window = TimeSpan.FromSeconds(10),
                    Concurrent = sample.concurrent,
                };
                var windows = LoadSimulation.Run(
                    Load(limits, new UserLimiter(limits, clock), limits) with
                    {
                        Workers = sample.workers,
                        Weight = sample.weight,
                        Latency = TimeSpan.FromMilliseconds(sample.latency),
                        Duration = (TimeSpan.FromMilliseconds(sample.least), TimeSpan.FromMilliseconds(sample.least + sample.more)),
                        Seed = sample.seed,
                        Windows = 4,
                    },
                    clock);
                return windows.All(window => window.Refused == 0 && window.Requests > 0);
            },
            iter: 100);
    }

    private IReadOnlyList<SimulatedWindow> Run(BusinessCentralLimits limits, Func<SimulatedLoad, SimulatedLoad>? change = null, Action? afterThreeWindows = null)
    {
        // Held until the end: a timer that nobody holds is collected and does not fire.
        using var turn = time.CreateTimer(_ => afterThreeWindows?.Invoke(), null, limits.Window * 3, Timeout.InfiniteTimeSpan);
        var load = Load(limits, new UserLimiter(limits, time), BusinessCentralLimits.Online);
        var windows = LoadSimulation.Run(change?.Invoke(load) ?? load, time);
        for (var number = 0; number < windows.Count; number++)
        {
            output.WriteLine($"window {number + 1}: {windows[number]}");
        }

        return windows;
    }

    private static SimulatedLoad Load(BusinessCentralLimits limits, UserLimiter limiter, BusinessCentralLimits configured) => new()
    {
        Settings = Connections.Settings(new StubHandler(_ => StubHandler.Json("{}"))) with
        {
            MaxConcurrency = configured.Concurrent,
            Limits = [new() { Unit = LimitUnit.Requests, Amount = configured.RequestsPerWindow, Window = configured.Window }],
        },
        Arrive = weight => new LimiterVisit(limiter, weight),
        Window = limits.Window,
    };
}
