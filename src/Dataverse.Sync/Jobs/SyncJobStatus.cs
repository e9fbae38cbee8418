namespace Dataverse.Sync;

/// <summary>How a run ended.</summary>
public enum SyncJobStatus : byte
{
    /// <summary>It has not ended, or its process died.</summary>
    Running,

    /// <summary>It saw everything it was asked to see; single records may have failed.</summary>
    Finished,

    /// <summary>It was cancelled; what it had committed stands.</summary>
    Cancelled,

    /// <summary>It ended early for the reason in <see cref="SyncJob.Message"/>; what it had committed stands.</summary>
    Stopped,
}
