namespace Dataverse.Sync;

/// <summary>Specifies what happens to a pair while one of its records is outside the mapping's filter.</summary>
/// <remarks>
/// Such a record is frozen: it is not read into a plan, written, deleted, created again, or matched. Unless the pair is
/// uncoupled, edits of its partner wait as well, and are synchronized when the record is within the filter again.
/// </remarks>
public enum OutsideFilterPolicy : byte
{
    /// <summary>The pair waits until both records are within their filters again.</summary>
    Wait,

    /// <summary>
    /// As <see cref="Wait"/>, but an edit of a field that the filter reads still travels, if the mapping synchronizes the
    /// field: the edit that takes the record out of its filter, and the one that brings it back.
    /// </summary>
    Follow,

    /// <summary>
    /// The pair is uncoupled. Nothing is written, and the edit that takes the record out of its filter does not travel.
    /// The two records are remembered: they are neither matched nor created again, and are coupled again when both are
    /// within their filters, unless one of them has another partner by then.
    /// </summary>
    /// <remarks>
    /// It counts in <see cref="SyncCounters.Uncoupled"/> and in the fuse of
    /// <see cref="IIntegrationTableMapping.MaximumDeletionShare"/>. The whole table is read, because a system does not
    /// tell which records a filter no longer selects.
    /// </remarks>
    Uncouple,
}
