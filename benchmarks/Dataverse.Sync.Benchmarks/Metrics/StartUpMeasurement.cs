using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Processes;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The time from the start of a process to its first request, with the standard mappings and both connectors, beside that of a program with one request and the whole run of an empty one.</summary>
internal sealed class StartUpMeasurement : IMeasurement
{
    private const int Warmups = 2;
    private const int TimedRounds = 9;
    private const string EmptyProgram = "Dataverse.Sync.Benchmarks.Empty.dll";
    private const string ProgramWithOneRequest = "Dataverse.Sync.Benchmarks.Get.dll";

    public IReadOnlyList<Metric> Metrics => [Metric.StartupVsEmpty, Metric.StartupVsGet];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        var (empty, own) = await Rounds.AlternateAsync(Warmups, TimedRounds, () => TimeEmptyAsync(cancellationToken), () => TimeOwnAsync(cancellationToken));
        var (get, ownBesideGet) = await Rounds.AlternateAsync(Warmups, TimedRounds, () => TimeGetAsync(cancellationToken), () => TimeOwnAsync(cancellationToken));
        var nothing = await TimeNothingAsync(cancellationToken);
        return
        [
            new(Metric.StartupVsEmpty, own.Median / empty.Median, $"{own.In("ms")} / {empty.In("ms")}; the benchmark program alone takes {nothing.In("ms")}"),
            new(Metric.StartupVsGet, ownBesideGet.Median / get.Median, $"{ownBesideGet.In("ms")} / {get.In("ms")}"),
        ];
    }

    private static Task<TimeSpan> TimeEmptyAsync(CancellationToken cancellationToken) =>
        Rounds.TimeAsync(() => ChildProcess.RunAsync(Path.Combine(AppContext.BaseDirectory, EmptyProgram), [], cancellationToken));

    private static Task<TimeSpan> TimeGetAsync(CancellationToken cancellationToken) => TimeToFirstRequestAsync(
        port => ChildProcess.Start(Path.Combine(AppContext.BaseDirectory, ProgramWithOneRequest), [new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", port).Uri.ToString()]),
        cancellationToken);

    private static Task<TimeSpan> TimeOwnAsync(CancellationToken cancellationToken) =>
        TimeToFirstRequestAsync(port => ChildProcess.StartSelf([StartUp.Verb, port.ToString(CultureInfo.InvariantCulture)]), cancellationToken);

    private static async Task<Spread> TimeNothingAsync(CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var round = 0; round < TimedRounds; round++)
        {
            times.Add((await Rounds.TimeAsync(() => ChildProcess.RunSelfAsync([StartUp.VerbOfNothing], cancellationToken))).TotalMilliseconds);
        }

        return Spread.Of(times);
    }

    private static async Task<TimeSpan> TimeToFirstRequestAsync(Func<int, Process> startAt, CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var start = Stopwatch.GetTimestamp();
        using var process = startAt(port);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(1));
            using var client = await listener.AcceptSocketAsync(limit.Token);
            var received = await client.ReceiveAsync(new byte[1], limit.Token);
            var time = Stopwatch.GetElapsedTime(start);
            Expectation.Require(received, 1, "bytes of a request");
            return time;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
