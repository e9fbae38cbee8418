using Dataverse.Sync.Hosting;

namespace Dataverse.Sync.Configuration;

/// <summary>The members of <see cref="JobQueueOptions"/>, with entries by mapping. Null keeps the default.</summary>
internal sealed class JobQueueSettings
{
    public bool BusinessCentralDefaults { get; set; }

    public JobQueueEntrySettings Default { get; set; } = new();

    public Dictionary<string, JobQueueEntrySettings> Entries { get; set; } = [];

    public TimeSpan? JobRetention { get; set; }

    public TimeSpan? WakeDelay { get; set; }

    public TimeSpan? BusyDelay { get; set; }

    public int? FullSynchronizationAttempts { get; set; }

    public TimeSpan? OwnershipDuration { get; set; }

    public TimeSpan? CheckInterval { get; set; }

    public TimeSpan? MeasureInterval { get; set; }
}
