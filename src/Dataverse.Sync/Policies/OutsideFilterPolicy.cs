namespace Dataverse.Sync;

/// <summary>Specifies what happens to a pair while one of its records is outside the mapping's filter.</summary>
/// <remarks>
/// Such a record is frozen: it is not read into a plan, written, deleted, created again, or matched. Edits of its
/// partner wait as well, and are synchronized when the record is within the filter again.
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
}
