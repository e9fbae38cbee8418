using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Diagnostics;

/// <summary>Activities and measurements, told from those of other tests by the name of the mapping.</summary>
public sealed class DiagnosticsTests : IDisposable
{
    private readonly string mapping = $"M-{Guid.NewGuid():N}";
    private readonly ConcurrentQueue<Activity> activities = new();
    private readonly ConcurrentQueue<Measured> measured = new();
    private readonly ActivityListener activityListener;
    private readonly MeterListener meterListener = new();
    private readonly EngineFixture crm;

    public DiagnosticsTests()
    {
        crm = new(new FixtureOptions
        {
            Engine = options => options with
            {
                Mappings = [CrmTables.Salesperson(), CrmTables.Customer() with { Name = mapping }],
            },
        });
        activityListener = new()
        {
            ShouldListenTo = source => source.Name == SyncDiagnostics.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(activityListener);
        meterListener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SyncDiagnostics.SourceName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        meterListener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            measured.Enqueue(new(instrument, value, tags)));
        meterListener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            measured.Enqueue(new(instrument, value, tags)));
        meterListener.Start();
    }

    public void Dispose()
    {
        meterListener.Dispose();
        activityListener.Dispose();
        crm.Dispose();
    }

    [Fact]
    public async Task Run_is_an_activity_with_mapping_kind_and_status()
    {
        _ = await crm.Engine.SynchronizeFullAsync(mapping);
        _ = await crm.Engine.SynchronizeTableAsync(mapping);

        var runs = Activities();
        runs.Select(run => run.OperationName).Should().Equal("dataverse_sync.run", "dataverse_sync.run");
        runs.Select(run => run.GetTagItem("dataverse_sync.kind")).Should().Equal("Full", "Modified");
        runs.Select(run => run.GetTagItem("dataverse_sync.status")).Should().Equal("Finished", "Finished");
        runs.SelectMany(run => run.TagObjects.Select(tag => tag.Key)).Distinct()
            .Should().BeEquivalentTo(SyncDiagnostics.MappingTag, SyncDiagnostics.KindTag, SyncDiagnostics.StatusTag);
    }

    [Fact]
    public async Task Steps_are_activities_of_their_run()
    {
        _ = crm.Local["customers"].Insert(("number", "1"), ("displayName", "Adatum"));

        _ = await crm.Engine.SynchronizeFullAsync(mapping);

        var run = Activities().Should().ContainSingle().Subject;
        var steps = activities.Where(activity => activity.ParentSpanId == run.SpanId).ToList();
        steps.Should().OnlyContain(step => step.OperationName == SyncDiagnostics.StepActivityName);
        steps.Select(step => step.GetTagItem(SyncDiagnostics.StepTag)).Take(9).Should().Equal(
            "echo", "merge", "select", "pair", "plan", "claim", "journal", "write", "commit");
        steps[^1].GetTagItem(SyncDiagnostics.StepTag).Should().Be("deletions");
    }

    [Fact]
    public async Task A_preview_has_no_steps_even_inside_an_activity_of_the_application()
    {
        using var application = new Activity("application").Start();

        _ = await crm.Engine.PreviewAsync(mapping, SyncJobKind.Full);

        activities.Should().NotContain(activity => activity.TraceId == application.TraceId);
    }

    [Fact]
    public async Task Run_that_an_exception_stops_is_an_activity_in_error()
    {
        crm.Local.Faults.Fail(InMemoryOperation.ReadChanges, ConnectorFailure.Unreachable);

        var run = () => crm.Engine.SynchronizeTableAsync(mapping);

        await run.Should().ThrowAsync<ConnectorException>();
        var activity = Activities().Should().ContainSingle().Subject;
        (activity.Status, activity.GetTagItem("dataverse_sync.status")).Should().Be((ActivityStatusCode.Error, "Stopped"));
        var thrown = activity.Events.Should().ContainSingle().Subject;
        thrown.Name.Should().Be("exception");
        thrown.Tags.Should().Contain(tag =>
            tag.Key == "exception.type" && Equals(tag.Value, typeof(ConnectorException).FullName));
    }

    [Fact]
    public async Task Run_with_failed_records_is_an_activity_in_error()
    {
        _ = crm.Customers.Insert(("displayName", "Three"), ("salespersonCode", "NOBODY"));

        _ = await crm.Engine.SynchronizeTableAsync(mapping);

        var activity = Activities().Should().ContainSingle().Subject;
        (activity.Status, activity.GetTagItem("dataverse_sync.status"))
            .Should().Be((ActivityStatusCode.Error, "Finished"));
    }

    [Fact]
    public async Task Preview_is_neither_traced_nor_measured()
    {
        _ = crm.Customers.Insert(("displayName", "One"));

        _ = await crm.Engine.PreviewAsync(mapping, SyncJobKind.Full);

        Activities().Should().BeEmpty();
        Of("dataverse_sync.run.duration").Should().BeEmpty();
        Of("dataverse_sync.records").Should().BeEmpty();
    }

    [Fact]
    public async Task Records_are_counted_by_mapping_and_outcome()
    {
        _ = crm.Customers.Insert(("displayName", "One"));
        _ = crm.Customers.Insert(("displayName", "Two"));
        _ = crm.Customers.Insert(("displayName", "Three"), ("salespersonCode", "NOBODY"));

        var job = await crm.Engine.SynchronizeFullAsync(mapping);

        job.Counters.Should().Be(new SyncCounters { Inserted = 2, Failed = 1 });
        Of("dataverse_sync.records").Select(item => (item.Value, item.Tags["dataverse_sync.outcome"]))
            .Should().Equal((2, "inserted"), (1, "failed"));
        Of("dataverse_sync.records").Should().OnlyContain(item => item.Unit == "{record}" && item.Tags.Count == 2);
    }

    [Fact]
    public async Task Duration_of_a_run_is_measured_in_seconds_by_mapping_kind_and_status()
    {
        crm.Local.Faults.BeforeCall = (call, _) =>
        {
            crm.Time.Advance(
                call.Operation == InMemoryOperation.ReadChanges ? TimeSpan.FromSeconds(7.5) : TimeSpan.Zero);
            return ValueTask.CompletedTask;
        };

        _ = await crm.Engine.SynchronizeTableAsync(mapping);

        var duration = Of("dataverse_sync.run.duration").Should().ContainSingle().Subject;
        (duration.Value, duration.Unit).Should().Be((7.5, "s"));
        duration.Tags.Should().BeEquivalentTo(new Dictionary<string, object?>
        {
            ["dataverse_sync.mapping"] = mapping,
            ["dataverse_sync.kind"] = "Modified",
            ["dataverse_sync.status"] = "Finished",
        });
    }

    [Theory]
    [InlineData(true, "Cancelled")]
    [InlineData(false, "Stopped")]
    public async Task Run_that_ends_early_is_measured_with_its_status(bool isCancelled, string status)
    {
        using var source = new CancellationTokenSource();
        await crm.Engine.ValidateAsync();
        crm.Local.Faults.BeforeCall = async (_, _) => await source.CancelAsync();
        if (!isCancelled)
        {
            crm.Local.Faults.BeforeCall = null;
            crm.Local.Faults.Fail(InMemoryOperation.ReadChanges, ConnectorFailure.Authentication);
        }

        var run = () => crm.Engine.SynchronizeTableAsync(mapping, cancellationToken: source.Token);

        await run.Should().ThrowAsync<Exception>();
        Of("dataverse_sync.run.duration")
            .Should().ContainSingle().Which.Tags["dataverse_sync.status"].Should().Be(status);
        Of("dataverse_sync.records").Should().BeEmpty();
    }

    private List<Activity> Activities() =>
        [.. activities.Where(activity => mapping.Equals(activity.GetTagItem(SyncDiagnostics.MappingTag)))];

    private List<Measured> Of(string instrument) =>
        [.. measured.Where(item => item.Name == instrument && mapping.Equals(item.Tags[SyncDiagnostics.MappingTag]))];

    private sealed class Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        public string Name => instrument.Name;

        public string? Unit => instrument.Unit;

        public double Value => value;

        public Dictionary<string, object?> Tags { get; } = new(tags.ToArray());
    }
}
