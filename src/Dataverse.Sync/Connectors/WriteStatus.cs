namespace Dataverse.Sync;

/// <summary>Specifies what happened to a write.</summary>
public enum WriteStatus
{
    /// <summary>
    /// Applied. Includes a repeated insert that finds its own record and the deletion of a missing record.
    /// </summary>
    Applied,

    /// <summary>Not applied, because the record no longer has the expected version.</summary>
    VersionMismatch,

    /// <summary>Not applied, because a record with this id or business key exists.</summary>
    AlreadyExists,

    /// <summary>Not applied, because the record to update does not exist.</summary>
    NotFound,

    /// <summary>
    /// Not applied, because the system refuses the values or the operation. Repeating it would not help.
    /// </summary>
    Rejected,

    /// <summary>Not applied. A later attempt may succeed.</summary>
    Transient,

    /// <summary>
    /// Uncertain, because the response was lost. The recovery of a later run finds out from the journal.
    /// </summary>
    Unknown,
}
