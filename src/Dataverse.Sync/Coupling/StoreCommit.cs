namespace Dataverse.Sync;

/// <summary>Everything that a store changes in one atomic step; what is not named stays as it is.</summary>
/// <remarks>Removals are applied before the rest, so that a record may move from one coupling to another in one commit.</remarks>
public sealed record StoreCommit
{
    /// <summary>The lease under which the commit is made; its mapping is the one that is changed.</summary>
    public required MappingLease Lease { get; init; }

    /// <summary>Couplings to store; one with the same local record is replaced. Of several for one local record the last counts.</summary>
    /// <remarks>Whether a record would be in two couplings is decided by what stands after the commit, so two pairs may swap partners.</remarks>
    public IReadOnlyList<Coupling> Couplings { get; init; } = [];

    /// <summary>Local records whose couplings are removed; unknown ones are ignored.</summary>
    /// <remarks>
    /// An open conflict of a pair lapses (<see cref="RecordConflict.Lapse"/>, by the store's clock) when its coupling is removed, or replaced by
    /// one with another partner.
    /// </remarks>
    public IReadOnlyList<Guid> UncoupledLocalIds { get; init; } = [];

    /// <summary>Journal entries to add; one with the same <see cref="Intent.Id"/> is replaced and keeps its place.</summary>
    public IReadOnlyList<Intent> Intents { get; init; } = [];

    /// <summary>Journal entries to remove; unknown ones are ignored.</summary>
    public IReadOnlyList<Guid> RemovedIntents { get; init; } = [];

    /// <summary>Failures to store; one of the same record is replaced.</summary>
    public IReadOnlyList<RecordFailure> Failures { get; init; } = [];

    /// <summary>Failures to remove; unknown ones are ignored.</summary>
    public IReadOnlyList<RecordKey> ClearedFailures { get; init; } = [];

    /// <summary>Conflicts to store; one with the same <see cref="RecordConflict.Id"/> is replaced.</summary>
    public IReadOnlyList<RecordConflict> Conflicts { get; init; } = [];

    /// <summary>The mapping's new state; null leaves it.</summary>
    public MappingState? State { get; init; }
}
