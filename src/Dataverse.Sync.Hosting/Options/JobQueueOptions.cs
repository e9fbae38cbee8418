namespace Dataverse.Sync.Hosting;

/// <summary>The settings of a job queue. Not safe for concurrent use.</summary>
/// <remarks>A job queue reads the settings when it is created; later changes have no effect.</remarks>
public sealed class JobQueueOptions
{
    /// <summary>
    /// The entries of mappings that are not run as <see cref="Default"/> says; each mapping at most once.
    /// </summary>
    public IList<JobQueueEntryOptions> Entries { get; } = [];

    /// <summary>
    /// How mappings without an entry are run, those included that are added while the job queue works.
    /// </summary>
    /// <remarks>With <see cref="JobQueueEntryOptions.IsEnabled"/> false, only mappings with an entry are run.</remarks>
    public JobQueueEntryOptions Default { get; set; } = new();

    /// <summary>
    /// Inactivity timeouts of mappings without an entry, by name, in place of that of <see cref="Default"/>. Names
    /// without a mapping have no effect.
    /// </summary>
    public IDictionary<string, TimeSpan> InactivityTimeouts { get; } =
        new Dictionary<string, TimeSpan>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// How long jobs and their errors are kept after they ended; null keeps them. The default is 30 days. Jobs to which
    /// stored failures belong are kept.
    /// </summary>
    public TimeSpan? JobRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// The time from a wake-up to the start of the entry, in which further wake-ups have no effect. The default is
    /// one second; Business Central waits for 30.
    /// </summary>
    public TimeSpan WakeDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The time after which an entry is tried again whose mapping was being run by somebody else. The default is 10
    /// seconds.
    /// </summary>
    public TimeSpan BusyDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The number of attempts of a full synchronization that was asked for once. The default is 2.</summary>
    public int FullSynchronizationAttempts { get; set; } = 2;

    /// <summary>
    /// How long an entry in process belongs to its process without being renewed. If the process dies, another one
    /// starts the entry after this time. The default is one minute; an entry is renewed after a third of it.
    /// </summary>
    public TimeSpan OwnershipDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often the hosted service looks for due entries. Each look reads the entries from the store once. The
    /// default is one second.
    /// </summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often the hosted service measures for the gauges, from 0.1 seconds to one day, if somebody listens. The
    /// default is one minute. A measurement reads the entries, the latest jobs, and counts from the store.
    /// </summary>
    public TimeSpan MeasureInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Sets the numbers of Business Central.</summary>
    /// <remarks>
    /// Mappings without an entry sleep for 720 minutes after a run that found nothing to do, and those of
    /// salespeople, payment terms, shipment methods, and shipping agents for 1,440. A wake-up starts an entry after
    /// 30 seconds.
    /// </remarks>
    /// <returns>These settings.</returns>
    public JobQueueOptions BusinessCentralDefaults()
    {
        Default.InactivityTimeout = TimeSpan.FromMinutes(720);
        WakeDelay = TimeSpan.FromSeconds(30);
        foreach (var name in SlowlyChanging)
        {
            InactivityTimeouts[name] = TimeSpan.FromMinutes(1_440);
        }

        return this;
    }

    // The last three are mappings only where an application adds them under these names, which are Business Central's.
    private static string[] SlowlyChanging { get; } =
        [StandardMappingNames.Salespeople, "PAYMENT TERMS", "SHIPMENT METHOD", "SHIPPING AGENT"];
}
