using System.Diagnostics.Metrics;

namespace Dataverse.Sync.Hosting;

/// <summary>The gauges of all job queues of a host.</summary>
internal sealed class QueueGauges : IDisposable
{
    private readonly IReadOnlyList<QueueMeasurement> queues;
    private readonly TimeProvider time;
    private readonly Meter meter = new(SyncDiagnostics.SourceName);
    private readonly List<Instrument> gauges = [];

    /// <summary>Creates the gauges.</summary>
    public QueueGauges(IReadOnlyList<QueueMeasurement> queues, TimeProvider time)
    {
        (this.queues, this.time) = (queues, time);
        gauges.Add(meter.CreateObservableGauge(
            JobQueueDiagnostics.EntriesGaugeName, Entries, "{entry}", "Number of job queue entries, by state."));
        gauges.Add(meter.CreateObservableGauge(
            JobQueueDiagnostics.LagGaugeName, Lags, "s", "Time since the start of the last successful run."));
        gauges.Add(meter.CreateObservableGauge(
            JobQueueDiagnostics.IssuesGaugeName, Issues, "{record}", "Number of records in trouble and of open conflicts."));
    }

    /// <summary>The meter of the gauges.</summary>
    public Meter Meter => meter;

    /// <summary>Whether anybody listens.</summary>
    public bool AreEnabled => gauges.Exists(gauge => gauge.Enabled);

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<long>> Entries() => queues.SelectMany(queue => queue.Measures.Entries.Select(
        state => new Measurement<long>(state.Value, Tags(queue, (JobQueueDiagnostics.StateTag, state.Key.ToString())))));

    private IEnumerable<Measurement<double>> Lags()
    {
        var now = time.GetUtcNow();
        return queues.SelectMany(queue => queue.Measures.Successes.SelectMany(success => success.Sides.Select(
            side => new Measurement<double>(
                Math.Max(0, (now - success.StartedOn).TotalSeconds),
                Tags(
                    queue,
                    (SyncDiagnostics.MappingTag, success.Mapping),
                    (JobQueueDiagnostics.SideTag, side.ToString()))))));
    }

    private IEnumerable<Measurement<long>> Issues() => queues.SelectMany(queue => queue.Measures.Issues.SelectMany(
        mapping => Named(mapping.Counts).Select(issue => new Measurement<long>(
            issue.Count,
            Tags(queue, (SyncDiagnostics.MappingTag, mapping.Mapping), (JobQueueDiagnostics.IssueTag, issue.Name))))));

    private static IEnumerable<(string Name, long Count)> Named(IssueCounts counts) =>
    [
        ("failed", counts.Failed),
        ("waiting", counts.Waiting),
        ("skipped", counts.Skipped),
        ("doubtful", counts.Doubtful),
        ("conflict", counts.OpenConflicts),
    ];

    private static IEnumerable<KeyValuePair<string, object?>> Tags(
        QueueMeasurement queue, params IEnumerable<(string Name, string Value)> tags)
    {
        var all = tags.Select(tag => new KeyValuePair<string, object?>(tag.Name, tag.Value));
        return queue.EngineName is { } engine ? all.Prepend(new(JobQueueDiagnostics.EngineTag, engine)) : all;
    }
}
