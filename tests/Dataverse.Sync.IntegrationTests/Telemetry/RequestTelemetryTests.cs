using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dataverse.Sync.IntegrationTests.Telemetry;

/// <summary>What a trace and the metrics show of requests.</summary>
public sealed class RequestTelemetryTests
{
    [Fact]
    public async Task Every_request_of_a_run_is_an_activity_below_the_run_or_a_step_and_is_counted()
    {
        var (activities, counts) = (new ConcurrentQueue<Activity>(), new ConcurrentDictionary<string, long>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is SyncDiagnostics.SourceName or "System.Net.Http" or "Test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, meters) =>
            {
                if (instrument.Name == SyncDiagnostics.RequestsCounterName)
                {
                    meters.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((_, value, tags, _) => counts.AddOrUpdate(
            string.Join(' ', tags.ToArray().Select(tag => tag.Value)), value, (_, before) => before + value));
        meters.Start();
        await using var bench = await TestBench.StartAsync(DataSet.Largest);
        using var source = new ActivitySource("Test");
        using var test = source.StartActivity("test");

        _ = await bench.Engine.SynchronizeFullAsync();

        test!.Stop();
        var trace = activities.Where(activity => activity.TraceId == test.TraceId).ToList();
        var requests = trace.Where(activity => activity.Source.Name == "System.Net.Http").ToList();
        requests.Should().HaveCount(bench.Requests.BusinessCentral + bench.Requests.Dataverse);
        var parents = trace.ToDictionary(activity => activity.SpanId, activity => activity.OperationName);
        requests.Select(request => parents.GetValueOrDefault(request.ParentSpanId)).Distinct().Should().BeSubsetOf(
            [SyncDiagnostics.RunActivityName, SyncDiagnostics.StepActivityName, "test"]);
        requests.Should().Contain(request => parents[request.ParentSpanId] == SyncDiagnostics.StepActivityName);
        counts[$"{bench.BusinessCentral.BaseAddress.Authority} answered"].Should().Be(bench.Requests.BusinessCentral);
        counts[$"{bench.Dataverse.BaseAddress.Authority} answered"].Should().Be(bench.Requests.Dataverse);
    }
}
