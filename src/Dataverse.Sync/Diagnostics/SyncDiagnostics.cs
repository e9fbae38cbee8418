using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dataverse.Sync;

/// <summary>The names of the engine's activities, instruments, and tags.</summary>
/// <remarks>
/// Tags contain the names of mappings, but no ids and no field values. Previews are neither traced nor measured.
/// </remarks>
public static class SyncDiagnostics
{
    /// <summary>
    /// The name of the <see cref="System.Diagnostics.ActivitySource"/> and of the
    /// <see cref="System.Diagnostics.Metrics.Meter"/>.
    /// </summary>
    public const string SourceName = "Dataverse.Sync";

    /// <summary>
    /// The name of the activity of one run of one mapping, with <see cref="MappingTag"/>, <see cref="KindTag"/>, and
    /// <see cref="StatusTag"/>. It is in error if the run was stopped, with an event "exception", or if records failed.
    /// </summary>
    public const string RunActivityName = "dataverse_sync.run";

    /// <summary>
    /// The name of the activity of one step of a run for a batch of records, with <see cref="StepTag"/>. It is a child of
    /// the activity of the run. The requests of the connectors are activities of <c>System.Net.Http</c> below it.
    /// </summary>
    public const string StepActivityName = "dataverse_sync.step";

    /// <summary>
    /// The name of the counter of records, with <see cref="MappingTag"/> and <see cref="OutcomeTag"/>. Unit: records.
    /// </summary>
    public const string RecordsCounterName = "dataverse_sync.records";

    /// <summary>
    /// The name of the histogram of the duration of runs, with <see cref="MappingTag"/>, <see cref="KindTag"/>, and
    /// <see cref="StatusTag"/>. Unit: seconds.
    /// </summary>
    public const string RunDurationName = "dataverse_sync.run.duration";

    /// <summary>
    /// The name of the counter of the requests that the connectors to services sent, with <see cref="ServiceTag"/> and
    /// <see cref="OutcomeTag"/>, which is <c>answered</c> or <c>refused</c>: the service asked for a pause. A batch is one
    /// request. Unit: requests.
    /// </summary>
    public const string RequestsCounterName = "dataverse_sync.requests";

    /// <summary>
    /// The name of the gauge of the time for which no request is sent to a service, because it asked for a pause, with
    /// <see cref="ServiceTag"/>. Unit: seconds.
    /// </summary>
    public const string PauseGaugeName = "dataverse_sync.pause";

    /// <summary>The tag for the host, and the port if it is not the usual one, of a service.</summary>
    public const string ServiceTag = "server.address";

    /// <summary>The tag for the name of the mapping.</summary>
    public const string MappingTag = "dataverse_sync.mapping";

    /// <summary>The tag for the <see cref="SyncJobKind"/>.</summary>
    public const string KindTag = "dataverse_sync.kind";

    /// <summary>The tag for the <see cref="SyncJobStatus"/>.</summary>
    public const string StatusTag = "dataverse_sync.status";

    /// <summary>The tag for the outcome: the name of a counter of <see cref="SyncCounters"/> in lower case.</summary>
    public const string OutcomeTag = "dataverse_sync.outcome";

    /// <summary>
    /// The tag for the step: <c>echo</c>, <c>merge</c>, <c>select</c>, <c>pair</c>, <c>plan</c>, <c>claim</c>,
    /// <c>journal</c>, <c>write</c>, <c>commit</c>, or <c>deletions</c>.
    /// </summary>
    public const string StepTag = "dataverse_sync.step";

    private static readonly Meter Meter = new(SourceName);
    private static readonly Counter<long> Records = Meter.CreateCounter<long>(
        RecordsCounterName, "{record}", "Number of records processed by runs, by outcome.");
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        RunDurationName, "s", "Duration of runs.");

    internal static ActivitySource ActivitySource { get; } = new(SourceName);

    /// <summary>Starts the activity of a step, unless its run is not traced, such as a preview.</summary>
    internal static Activity? StartStep(string step)
    {
        var run = Activity.Current;
        var activity = run?.Source == ActivitySource ? ActivitySource.StartActivity(StepActivityName) : null;
        return activity?.SetTag(StepTag, step);
    }

    /// <summary>The exception event of an activity, without a text that may contain field values.</summary>
    internal static ActivityEvent EventOf(Exception failure) => new("exception", tags: new ActivityTagsCollection
    {
        ["exception.type"] = failure.GetType().FullName,
        ["exception.message"] = LoggedFailure.Of(failure).Message,
        ["exception.stacktrace"] = failure.StackTrace,
    });

    internal static void Measure(SyncJob job)
    {
        foreach (var (outcome, count) in job.Counters.Named())
        {
            if (count > 0)
            {
                Records.Add(count, new(MappingTag, job.Key.Mapping), new(OutcomeTag, outcome));
            }
        }

        if (job.FinishedOn is { } finished)
        {
            Durations.Record(
                (finished - job.StartedOn).TotalSeconds,
                new(MappingTag, job.Key.Mapping),
                new(KindTag, job.Kind.ToString()),
                new(StatusTag, job.Status.ToString()));
        }
    }
}
