namespace Worker;

/// <summary>The settings of the sample itself. Those of the synchronization stand in the section "Sync".</summary>
internal sealed class WorkerSettings
{
    /// <summary>Whether both services are emulated in this process. Their addresses then replace those of "Sync".</summary>
    public bool UsesEmulators { get; set; } = true;

    /// <summary>The address under which the services reach this process; null to do without webhooks.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>For how long emulated people edit records before the program ends; null for no people and no end.</summary>
    public TimeSpan? Duration { get; set; }
}
