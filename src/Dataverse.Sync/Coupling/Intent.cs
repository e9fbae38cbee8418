namespace Dataverse.Sync;

/// <summary>An entry of the journal: a write that is stored before it is sent.</summary>
/// <remarks>
/// After a crash or a lost response, the recovery of the next run decides about each entry: the write was applied and
/// its result is stored, it was not applied and the entry is discarded or the write repeated, or it cannot be decided
/// and is left to a person. An entry contains fingerprints and at most the business key of a record, but no other field
/// values.
/// </remarks>
public sealed record Intent
{
    /// <summary>The id of the entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>The side to which the write is sent.</summary>
    public required SyncSide Target { get; init; }

    /// <summary>What the write does.</summary>
    public required WriteKind Kind { get; init; }

    /// <summary>
    /// The id of the record to write. For an insert, the chosen id, or the zero GUID if the system chooses.
    /// </summary>
    public required Guid TargetId { get; init; }

    /// <summary>
    /// The id of the record on the other side from which the write comes; for a deletion, that of the deleted partner.
    /// </summary>
    public required Guid SourceId { get; init; }

    /// <summary>When the entry was created, by the clock of the engine.</summary>
    public required DateTimeOffset JournaledOn { get; init; }

    /// <summary>
    /// The time after which no connector sends the write, or null for an entry of an earlier version of the store.
    /// </summary>
    public DateTimeOffset? SendBefore { get; init; }

    /// <summary>
    /// The base of the pair after the write is applied. Null for a deletion, and for a write that is known to be applied,
    /// about which a rule failed when it was told.
    /// </summary>
    public SynchronizedBase? Outcome { get; init; }

    /// <summary>The business key of an inserted record, or null if it was given none.</summary>
    /// <remarks>Where the system chooses the ids, recovery finds the record by this key.</remarks>
    public string? BusinessKey { get; init; }
}
