namespace Dataverse.Sync;

/// <summary>Specifies whether a run is running or how it ended.</summary>
public enum SyncJobStatus : byte
{
    /// <summary>The run has not ended, or its process died.</summary>
    Running,

    /// <summary>The run processed all its records, some of which may have failed.</summary>
    Finished,

    /// <summary>The run was cancelled. Everything that it committed remains.</summary>
    Cancelled,

    /// <summary>
    /// The run ended early for the reason in <see cref="SyncJob.Message"/>. Everything that it committed remains.
    /// </summary>
    Stopped,

    /// <summary>
    /// The mapping was not run, because a mapping on which it depends was not run to its end or because the run of all
    /// mappings stops at the first failure. <see cref="SyncJob.Message"/> states the reason.
    /// </summary>
    Skipped,
}
