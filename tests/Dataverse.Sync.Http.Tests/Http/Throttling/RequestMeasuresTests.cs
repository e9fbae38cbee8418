using System.Diagnostics.Metrics;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Http.Tests;

/// <summary>What the meter tells of the requests to a service. A host of its own tells it from those of other tests.</summary>
public sealed class RequestMeasuresTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly string host = $"{Guid.NewGuid():N}.example:7048";
    private readonly Dictionary<string, double> measured = [];
    private readonly MeterListener listener = new();

    public RequestMeasuresTests()
    {
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Meter.Name == SyncDiagnostics.SourceName)
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Note(tags, value));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Note(tags, value));
        listener.Start();
    }

    [Fact]
    public async Task Requests_are_counted_by_service_and_outcome_and_a_pause_shows_until_it_is_over()
    {
        var governor = (Connections.Settings(new StubHandler(_ => StubHandler.Json("{}")), time) with
        {
            BaseAddress = new Uri($"https://{host}/api/v2.0"),
        }).ShareGovernor();
        (await governor.EnterAsync(1, default)).Dispose();
        var refused = await governor.EnterAsync(1, default);
        refused.Refuse(TimeSpan.FromSeconds(90), isOverLimit: true);
        refused.Dispose();

        Read().Should().BeEquivalentTo(new Dictionary<string, double>
        {
            ["answered"] = 1,
            ["refused"] = 1,
            ["pause"] = 90,
        });

        time.Advance(TimeSpan.FromSeconds(60));
        Read()["pause"].Should().Be(30);

        time.Advance(TimeSpan.FromSeconds(60));
        Read()["pause"].Should().Be(0);
        GC.KeepAlive(governor);
    }

    public void Dispose() => listener.Dispose();

    private Dictionary<string, double> Read()
    {
        listener.RecordObservableInstruments();
        lock (measured)
        {
            return new(measured);
        }
    }

    private void Note(ReadOnlySpan<KeyValuePair<string, object?>> tags, double value)
    {
        var all = tags.ToArray().ToDictionary();
        if (host.Equals(all.GetValueOrDefault("server.address")))
        {
            lock (measured)
            {
                measured[all.GetValueOrDefault(SyncDiagnostics.OutcomeTag)?.ToString() ?? "pause"] = value;
            }
        }
    }
}
