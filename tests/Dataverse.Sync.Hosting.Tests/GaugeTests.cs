using System.Diagnostics.Metrics;
using Dataverse.Sync.Testing;
using static Dataverse.Sync.Hosting.Tests.QueueFixture;

namespace Dataverse.Sync.Hosting.Tests;

/// <summary>What the gauges of a job queue show.</summary>
public sealed class GaugeTests : IDisposable
{
    private readonly QueueFixture fixture = new();
    private readonly JobQueue queue;
    private readonly QueueMeasurement measurement;
    private readonly QueueGauges gauges;

    public GaugeTests()
    {
        queue = fixture.NewQueue();
        measurement = new(fixture.NewEngine(), queue, "cronus");
        gauges = new([measurement], fixture.Time);
    }

    [Fact]
    public async Task Lag_counts_from_the_start_of_the_last_run_that_succeeded()
    {
        await queue.RunDueAsync();
        fixture.Break("customers");
        fixture.Time.Advance(TimeSpan.FromMinutes(31));
        await queue.RunDueAsync();
        await measurement.MeasureAsync(default);

        var lags = Read("dataverse_sync.lag");

        lags[$"cronus {Customers} Local"].Should().Be(31 * 60);
        lags[$"cronus {Customers} Integration"].Should().Be(31 * 60);
        lags[$"cronus {People} Local"].Should().Be(0);
    }

    [Fact]
    public async Task Lag_grows_between_two_measurements()
    {
        await queue.RunDueAsync();
        await measurement.MeasureAsync(default);

        fixture.Time.Advance(TimeSpan.FromSeconds(20));

        Read("dataverse_sync.lag")[$"cronus {People} Local"].Should().Be(20);
    }

    [Fact]
    public async Task A_mapping_that_never_succeeded_has_no_lag()
    {
        fixture.Break("customers");
        await queue.RunDueAsync();
        await measurement.MeasureAsync(default);

        Read("dataverse_sync.lag").Keys.Should().NotContain(key => key.Contains(Customers)).And.NotBeEmpty();
    }

    [Fact]
    public async Task Entries_are_counted_by_state()
    {
        await queue.RunDueAsync();
        _ = await queue.HoldAsync(Contacts);
        await measurement.MeasureAsync(default);

        Read("dataverse_sync.queue.entries").Should().BeEquivalentTo(new Dictionary<string, double>
        {
            ["cronus Ready"] = 2,
            ["cronus OnHold"] = 1,
        });
    }

    [Fact]
    public async Task Issues_are_counted_by_mapping_and_kind()
    {
        _ = fixture.Insert("customers", "10000");
        fixture.Integration.Faults.FailWrites(InMemoryWriteFault.Rejected);
        await queue.RunDueAsync();
        await measurement.MeasureAsync(default);

        var issues = Read("dataverse_sync.issues");

        issues[$"cronus {Customers} failed"].Should().Be(1);
        issues[$"cronus {Customers} conflict"].Should().Be(0);
        issues[$"cronus {People} failed"].Should().Be(0);
    }

    [Fact]
    public void Nothing_is_measured_while_nobody_listens()
    {
        gauges.AreEnabled.Should().BeFalse();

        using var listener = Listen("dataverse_sync.lag", (_, _) => { });

        gauges.AreEnabled.Should().BeTrue();
    }

    public void Dispose() => gauges.Dispose();

    private Dictionary<string, double> Read(string gauge)
    {
        var values = new Dictionary<string, double>();
        using var listener = Listen(gauge, values.Add);
        listener.RecordObservableInstruments();
        return values;
    }

    // Only the gauges of this test: others run at the same time.
    private MeterListener Listen(string gauge, Action<string, double> record)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == gauge && ReferenceEquals(instrument.Meter, gauges.Meter))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => record(Key(tags), value));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => record(Key(tags), value));
        listener.Start();
        return listener;

        static string Key(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            string.Join(' ', tags.ToArray().Select(tag => tag.Value));
    }
}
