namespace Dataverse.Sync;

/// <summary>Specifies what a job queue does with an entry. The names are those of Business Central.</summary>
public enum JobQueueEntryState : byte
{
    /// <summary>The entry is started at <see cref="StoredJobQueueEntry.EarliestStartOn"/>.</summary>
    Ready,

    /// <summary>The entry is being run by the job queue that owns it.</summary>
    InProcess,

    /// <summary>
    /// The entry is not started until it is resumed, or until a full synchronization that holds it has ended.
    /// </summary>
    OnHold,

    /// <summary>
    /// The last run found nothing to do. The entry is started at <see cref="StoredJobQueueEntry.EarliestStartOn"/>, or
    /// earlier if it is woken.
    /// </summary>
    OnHoldWithInactivityTimeout,

    /// <summary>The last attempt that was allowed has failed. The entry is not started until it is resumed.</summary>
    Error,

    /// <summary>The entry was to be run once, and was.</summary>
    Finished,
}
