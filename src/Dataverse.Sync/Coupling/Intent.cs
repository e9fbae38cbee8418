namespace Dataverse.Sync;

/// <summary>The journal's entry of a write, stored before the write leaves the machine.</summary>
/// <remarks>
/// After a crash or a lost answer the next run settles each entry: the write is found done and its coupling is stored, or found not done
/// and dropped, or cannot be decided and is left to a person. Holds fingerprints, no field values.
/// </remarks>
public sealed record Intent
{
    /// <summary>Identifies the entry.</summary>
    public required Guid Id { get; init; }

    /// <summary>The side that the write goes to.</summary>
    public required SyncSide Target { get; init; }

    /// <summary>What the write does.</summary>
    public required WriteKind Kind { get; init; }

    /// <summary>The record that the write goes to: for an insert the chosen id, or the zero GUID where the system chooses.</summary>
    public required Guid TargetId { get; init; }

    /// <summary>The record on the other side that the write comes from; the zero GUID when there is none.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>When the entry was made, by the engine's clock.</summary>
    public required DateTimeOffset JournaledOn { get; init; }

    /// <summary>What the base becomes if the write was done; null for a deletion.</summary>
    public SynchronizedBase? Outcome { get; init; }

    /// <summary>The business key given to an inserted record, by which it is found again where the system chooses ids; null when none was given.</summary>
    public string? BusinessKey { get; init; }
}
