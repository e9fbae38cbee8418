namespace Dataverse.Sync.Hosting;

/// <summary>The names of the instruments and tags of the job queue.</summary>
/// <remarks>
/// The instruments belong to a meter named <see cref="SyncDiagnostics.SourceName"/>. They are gauges, measured while the
/// host runs and somebody listens, once in <see cref="JobQueueOptions.MeasureInterval"/>. Tags contain names of engines
/// and mappings, but no ids and no field values.
/// </remarks>
public static class JobQueueDiagnostics
{
    /// <summary>
    /// The name of the gauge of job queue entries, with <see cref="EngineTag"/> and <see cref="StateTag"/>. Unit: entries.
    /// </summary>
    public const string EntriesGaugeName = "dataverse_sync.queue.entries";

    /// <summary>
    /// The name of the gauge of the lag, with <see cref="EngineTag"/>, <see cref="SyncDiagnostics.MappingTag"/>, and
    /// <see cref="SideTag"/>: the time since the start of the last run that transferred all changes of that side. A change
    /// on that side is at most so old if it has not been transferred. Unit: seconds.
    /// </summary>
    public const string LagGaugeName = "dataverse_sync.lag";

    /// <summary>
    /// The name of the gauge of records that failed, wait, are skipped, or are doubtful, and of open conflicts, with
    /// <see cref="EngineTag"/>, <see cref="SyncDiagnostics.MappingTag"/>, and <see cref="IssueTag"/>. Unit: records.
    /// </summary>
    public const string IssuesGaugeName = "dataverse_sync.issues";

    /// <summary>The tag for the name of the engine; absent for the engine without a name.</summary>
    public const string EngineTag = "dataverse_sync.engine";

    /// <summary>The tag for the <see cref="JobQueueEntryState"/>.</summary>
    public const string StateTag = "dataverse_sync.state";

    /// <summary>The tag for the <see cref="SyncSide"/> whose changes are transferred.</summary>
    public const string SideTag = "dataverse_sync.side";

    /// <summary>
    /// The tag for the kind of issue: <c>failed</c>, <c>waiting</c>, <c>skipped</c>, <c>doubtful</c>, or <c>conflict</c>.
    /// </summary>
    public const string IssueTag = "dataverse_sync.issue";
}
