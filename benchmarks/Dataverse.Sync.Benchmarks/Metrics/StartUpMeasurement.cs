using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Processes;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.Metrics;

/// <summary>The time from the start of a process to its first request, with the standard mappings and both connectors, beside the whole run of an empty program.</summary>
internal sealed class StartUpMeasurement : IMeasurement
{
    private const int Warmups = 2;
    private const int TimedRounds = 9;
    private const string EmptyProgram = "Dataverse.Sync.Benchmarks.Empty.dll";

    public IReadOnlyList<Metric> Metrics => [Metric.StartupVsEmpty];

    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MeasurementScale scale, CancellationToken cancellationToken)
    {
        var (empty, own) = await Rounds.AlternateAsync(Warmups, TimedRounds, () => TimeEmptyAsync(cancellationToken), () => TimeToFirstRequestAsync(cancellationToken));
        var nothing = await TimeNothingAsync(cancellationToken);
        return [new(Metric.StartupVsEmpty, own.Median / empty.Median, $"{own.In("ms")} / {empty.In("ms")}; the benchmark program alone takes {nothing.In("ms")}")];
    }

    private static Task<TimeSpan> TimeEmptyAsync(CancellationToken cancellationToken) =>
        Rounds.TimeAsync(() => ChildProcess.RunAsync(Path.Combine(AppContext.BaseDirectory, EmptyProgram), [], cancellationToken));

    private static async Task<Spread> TimeNothingAsync(CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var round = 0; round < TimedRounds; round++)
        {
            times.Add((await Rounds.TimeAsync(() => ChildProcess.RunSelfAsync([StartUp.VerbOfNothing], cancellationToken))).TotalMilliseconds);
        }

        return Spread.Of(times);
    }

    private static async Task<TimeSpan> TimeToFirstRequestAsync(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var start = Stopwatch.GetTimestamp();
        using var process = ChildProcess.StartSelf([StartUp.Verb, port.ToString(CultureInfo.InvariantCulture)]);
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
