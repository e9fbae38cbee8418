namespace Dataverse.Sync;

/// <summary>The changes that a store applies in one atomic step. Everything that is not named stays as it is.</summary>
/// <remarks>
/// Removals are applied before additions, so that a record can move from one coupling to another in one commit.
/// </remarks>
public sealed record StoreCommit
{
    /// <summary>The lease under which the commit is made. It determines the mapping that is changed.</summary>
    public required MappingLease Lease { get; init; }

    /// <summary>
    /// The couplings to store. Each replaces the one of the same local record; of several for one local record, the
    /// last counts.
    /// </summary>
    /// <remarks>
    /// A record must not be in two couplings after the commit. Two pairs may exchange their partners within it.
    /// </remarks>
    public IReadOnlyList<Coupling> Couplings { get; init; } = [];

    /// <summary>The local records whose couplings are removed. Unknown ids are ignored.</summary>
    /// <remarks>
    /// When a coupling is removed, or replaced by one with another partner, the open conflict of its pair lapses (see
    /// <see cref="RecordConflict.Lapse"/>), at the time of the store's clock.
    /// </remarks>
    public IReadOnlyList<Guid> UncoupledLocalIds { get; init; } = [];

    /// <summary>
    /// The local records whose couplings are removed from other mappings of the scope, as <see cref="UncoupledLocalIds"/>
    /// removes those of the mapping itself: mappings over the same tables share their links. Unknown ones are ignored.
    /// </summary>
    public IReadOnlyList<RecordOfMapping> UncoupledElsewhere { get; init; } = [];

    /// <summary>
    /// The records whose failures are removed from other mappings of the scope. Unknown ones are ignored.
    /// </summary>
    public IReadOnlyList<RecordOfMapping> ClearedElsewhere { get; init; } = [];

    /// <summary>
    /// The journal entries to add. An entry with an existing <see cref="Intent.Id"/> replaces that entry and keeps its
    /// place.
    /// </summary>
    public IReadOnlyList<Intent> Intents { get; init; } = [];

    /// <summary>The ids of the journal entries to remove. Unknown ids are ignored.</summary>
    public IReadOnlyList<Guid> RemovedIntents { get; init; } = [];

    /// <summary>The failures to store. Each replaces the one of the same record.</summary>
    public IReadOnlyList<RecordFailure> Failures { get; init; } = [];

    /// <summary>The records whose failures are removed. Unknown records are ignored.</summary>
    public IReadOnlyList<RecordKey> ClearedFailures { get; init; } = [];

    /// <summary>The conflicts to store. Each replaces the one with the same <see cref="RecordConflict.Id"/>.</summary>
    public IReadOnlyList<RecordConflict> Conflicts { get; init; } = [];

    /// <summary>
    /// The deletions to announce, to this mapping or to others of its scope. They become part of
    /// <see cref="MappingState.AnnouncedDeletions"/> of their mappings. Each replaces the one of the same record.
    /// </summary>
    public IReadOnlyList<AnnouncedDeletion> AnnouncedDeletions { get; init; } = [];

    /// <summary>The announcements to remove, of this mapping or of others of its scope. Unknown ones are ignored.</summary>
    public IReadOnlyList<AnnouncedDeletion> WithdrawnDeletions { get; init; } = [];

    /// <summary>The new state of the mapping, or null to keep the present one.</summary>
    public MappingState? State { get; init; }
}
