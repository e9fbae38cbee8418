using CsCheck;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace Dataverse.Sync.Http.Tests;

/// <summary>Bulk loads in virtual time against the limits of the emulator.</summary>
public sealed class DataverseLoadTests(ITestOutputHelper output)
{
    private static readonly DataverseServiceProtection RealLimits = new();
    private static readonly (TimeSpan, TimeSpan) Quick = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(150));
    private static readonly (TimeSpan, TimeSpan) Slow = (TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(1_500));
    private static readonly (TimeSpan, TimeSpan) Bulky = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15));

    private readonly FakeTimeProvider time = new();

    [Fact]
    public void A_load_of_quick_requests_uses_nine_tenths_of_the_requests_without_a_refusal()
    {
        var windows = Run(RealLimits, load => load with { Duration = Quick });

        windows.Should().OnlyContain(window => window.Requests >= 5_400 && window.Requests <= 6_000 && window.Refused == 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_load_of_slow_requests_uses_nine_tenths_of_the_execution_time_without_a_refusal(bool isBulky)
    {
        var windows = Run(RealLimits, load => load with { Duration = isBulky ? Bulky : Slow });

        windows.Should().OnlyContain(window => window.Seconds >= 0.9 * 1_200 && window.Refused == 0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_load_on_several_servers_uses_nine_tenths_of_each(int servers)
    {
        var random = new Random(1);
        var windows = Run(RealLimits with { WebServers = servers }, load => load with { Duration = Quick, Workers = 40, Windows = 4 }, maxConcurrency: 40, () => random.Next(servers));

        windows.Should().OnlyContain(window => window.Requests >= 0.9 * 6_000 * servers && window.Refused == 0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void Another_client_of_the_account_is_noticed_by_the_headers(double rate)
    {
        var windows = Run(RealLimits, load => load with { Duration = Quick, OtherRate = rate });

        windows.Should().OnlyContain(window => window.Requests >= 0.9 * (6_000 - (300 * rate)) && window.Refused == 0);
    }

    [Fact]
    public void Another_client_of_the_account_is_noticed_by_the_headers_in_the_execution_time_too()
    {
        var windows = Run(RealLimits, load => load with { Duration = Slow, OtherRate = 1.5 });

        windows.Should().OnlyContain(window => window.Seconds >= 0.9 * (1_200 - (300 * 1.5)) && window.Refused == 0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Processes_that_know_nothing_of_each_other_stay_within_the_requests_of_their_account(int processes)
    {
        var windows = Run(RealLimits, load => load with { Duration = Quick, Processes = processes, Workers = 20 * processes });

        windows.Should().OnlyContain(window => window.Requests >= 0.85 * 6_000 && window.Requests <= 6_000);
        windows.Skip(1).Should().OnlyContain(window => window.Refused == 0);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Processes_that_know_nothing_of_each_other_stay_within_the_execution_time_of_their_account(int processes, bool isBulky)
    {
        var windows = Run(
            RealLimits, load => load with { Duration = isBulky ? Bulky : Slow, Processes = processes, Workers = 20 * processes });

        // What the others have under way shows in no answer, so that the first window overshoots and the second one pays for it.
        // Of bulk messages, one may be refused at its beginning.
        windows.Average(window => window.Seconds).Should().BeGreaterThanOrEqualTo(0.85 * 1_200);
        windows.Skip(2).Should().OnlyContain(window => window.Seconds >= 0.85 * 1_200 && window.Refused == 0);
        windows[1].Refused.Should().BeLessThanOrEqualTo(isBulky ? 1 : 0);
    }

    [Fact]
    public void Lower_limits_than_configured_are_learned_from_the_headers()
    {
        var requests = Run(RealLimits with { MaxRequests = 2_000 }, load => load with { Duration = Quick });
        var seconds = Run(RealLimits with { MaxExecutionTime = TimeSpan.FromMinutes(5) }, load => load with { Duration = Slow });

        requests.Should().OnlyContain(window => window.Requests >= 1_800 && window.Refused == 0);
        seconds.Should().OnlyContain(window => window.Seconds >= 0.9 * 300 && window.Refused == 0);
    }

    [Fact]
    public void More_requests_at_once_than_the_service_bears_are_learned_from_the_refusals()
    {
        var windows = Run(RealLimits with { MaxConcurrentRequests = 8 }, load => load with { Duration = Slow, Windows = 4 });

        windows[0].Refused.Should().BeInRange(1, 8);
        windows.Skip(1).Should().OnlyContain(window => window.Seconds >= 0.9 * 1_200 && window.Refused == 0);
    }

    [Fact]
    public void No_load_is_ever_refused_where_the_limits_are_those_configured()
    {
        var loads =
            from requests in Gen.Int[100, 400]
            from seconds in Gen.Int[20, 60]
            from servers in Gen.Int[1, 3]
            from workers in Gen.Int[1, 30]
            from latency in Gen.Int[0, 500]
            from least in Gen.Int[10, 500]
            from more in Gen.Int[0, 1_000]
            from seed in Gen.Int[0, 1_000_000]
            select (requests, seconds, servers, workers, latency, least, more, seed);

        loads.Sample(
            sample =>
            {
                var clock = new FakeTimeProvider();
                var random = new Random(sample.seed);
                var limits = new DataverseServiceProtection
                {
                    MaxRequests = sample.requests,
                    MaxExecutionTime = TimeSpan.FromSeconds(sample.seconds),
                    Window = TimeSpan.FromSeconds(10),
                    WebServers = sample.servers,
                };
                var load = Load(new ThrottleGate(limits, clock), limits, limits, maxConcurrency: 16, () => random.Next(sample.servers)) with
                {
                    Workers = sample.workers,
                    Latency = TimeSpan.FromMilliseconds(sample.latency),
                    Duration = (TimeSpan.FromMilliseconds(sample.least), TimeSpan.FromMilliseconds(sample.least + sample.more)),
                    Seed = sample.seed,
                    Windows = 4,
                };
                var windows = LoadSimulation.Run(load, clock);
                return windows.All(window => window.Refused == 0 && window.Requests > 0);
            },
            iter: 100);
    }

    private IReadOnlyList<SimulatedWindow> Run(
        DataverseServiceProtection limits, Func<SimulatedLoad, SimulatedLoad> change, int maxConcurrency = 16, Func<int>? server = null)
    {
        var windows = LoadSimulation.Run(change(Load(new ThrottleGate(limits, time), limits, RealLimits, maxConcurrency, server ?? (() => 0))), time);
        for (var number = 0; number < windows.Count; number++)
        {
            output.WriteLine($"window {number + 1}: {windows[number]}");
        }

        return windows;
    }

    private static SimulatedLoad Load(
        ThrottleGate gate, DataverseServiceProtection limits, DataverseServiceProtection configured, int maxConcurrency, Func<int> server) => new()
        {
            Settings = new HttpConnectionSettings
            {
                Connector = "Dataverse",
                BaseAddress = new Uri("https://contoso.crm4.dynamics.com"),
                AccessToken = _ => new("secret"),
                Logger = NullLogger.Instance,
                StartConcurrency = 5,
                MaxConcurrency = maxConcurrency,
                Limits =
                [
                    new() { Unit = LimitUnit.Requests, Amount = configured.MaxRequests, Window = configured.Window },
                    new() { Unit = LimitUnit.Seconds, Amount = configured.MaxExecutionTime.TotalSeconds, Window = configured.Window },
                ],
            },
            Arrive = _ => new GateVisit(gate, server(), recommended: 5),
            Window = limits.Window,
        };
}
