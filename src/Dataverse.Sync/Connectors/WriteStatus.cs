namespace Dataverse.Sync;

/// <summary>What became of a write.</summary>
public enum WriteStatus
{
    /// <summary>Done; a repeated insert or deletion that finds its own work done counts too.</summary>
    Applied,

    /// <summary>Not done: the record no longer has the expected version. Read again and decide again.</summary>
    VersionMismatch,

    /// <summary>Not done: a record with this id or business key exists.</summary>
    AlreadyExists,

    /// <summary>Not done: the record to update does not exist.</summary>
    NotFound,

    /// <summary>Not done, and a repetition would not help: the system refuses the values or the operation.</summary>
    Rejected,

    /// <summary>Not done, and a later attempt may succeed.</summary>
    Transient,

    /// <summary>Perhaps done: the answer was lost. The next run settles it from the journal.</summary>
    Unknown,
}
