using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dataverse.Sync;

/// <summary>The names under which the engine reports activities and measurements.</summary>
public static class SyncDiagnostics
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string SourceName = "Dataverse.Sync";

    /// <summary>The activity of one run of one mapping; its tags are the other constants of this class.</summary>
    public const string RunActivityName = "dataverse_sync.run";

    /// <summary>The counter of records by mapping and outcome.</summary>
    public const string RecordsCounterName = "dataverse_sync.records";

    /// <summary>The duration of runs in seconds, by mapping, kind, and status.</summary>
    public const string RunDurationName = "dataverse_sync.run.duration";

    /// <summary>The tag with the mapping's name.</summary>
    public const string MappingTag = "dataverse_sync.mapping";

    /// <summary>The tag with the <see cref="SyncJobKind"/>.</summary>
    public const string KindTag = "dataverse_sync.kind";

    /// <summary>The tag with the <see cref="SyncJobStatus"/>.</summary>
    public const string StatusTag = "dataverse_sync.status";

    /// <summary>The tag with the outcome: the name of a counter of <see cref="SyncCounters"/> in lower case.</summary>
    public const string OutcomeTag = "dataverse_sync.outcome";

    private static readonly Meter Meter = new(SourceName);
    private static readonly Counter<long> Records = Meter.CreateCounter<long>(RecordsCounterName, "{record}", "Records synchronized, by outcome.");
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(RunDurationName, "s", "Duration of runs.");

    internal static ActivitySource ActivitySource { get; } = new(SourceName);

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
            Durations.Record((finished - job.StartedOn).TotalSeconds, new(MappingTag, job.Key.Mapping), new(KindTag, job.Kind.ToString()), new(StatusTag, job.Status.ToString()));
        }
    }
}
