namespace Dataverse.Sync.Hosting;

/// <summary>
/// From when on the health check of an engine reports degraded or unhealthy. Not safe for concurrent use.
/// </summary>
public sealed class SyncHealthOptions
{
    /// <summary>
    /// How long a mapping may be later than <see cref="JobQueueEntry.ExpectedOn"/> before the state is degraded. The
    /// default is 15 minutes.
    /// </summary>
    public TimeSpan DegradedDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long a mapping may be later than <see cref="JobQueueEntry.ExpectedOn"/> before the state is unhealthy. The
    /// default is two hours. While an entry is in process, for which others may have to wait, the state is degraded
    /// at most.
    /// </summary>
    public TimeSpan UnhealthyDelay { get; set; } = TimeSpan.FromHours(2);

    /// <summary>
    /// For how long a service may still ask not to be called before the state is degraded; null never. The default is
    /// one minute.
    /// </summary>
    public TimeSpan? DegradedPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// For how long a service may still ask not to be called before the state is unhealthy; null, the default, never.
    /// </summary>
    public TimeSpan? UnhealthyPause { get; set; }

    /// <summary>
    /// The number of failed attempts of an entry in a row from which on the state is degraded; null never. The default is
    /// 3. An entry in error, which has no more attempts, is unhealthy.
    /// </summary>
    public int? DegradedAttempts { get; set; } = 3;

    /// <summary>
    /// The number of failed and waiting records from which on the state is degraded; null never. The default is 100.
    /// </summary>
    public long? DegradedFailures { get; set; } = 100;

    /// <summary>
    /// The number of failed and waiting records from which on the state is unhealthy; null, the default, never.
    /// </summary>
    public long? UnhealthyFailures { get; set; }

    /// <summary>
    /// The number of open conflicts from which on the state is degraded; null never. The default is 100.
    /// </summary>
    public long? DegradedConflicts { get; set; } = 100;

    /// <summary>The number of open conflicts from which on the state is unhealthy; null, the default, never.</summary>
    public long? UnhealthyConflicts { get; set; }
}
