namespace Dataverse.Sync.Execution;

/// <summary>What a page's commit will contain, while it is being gathered.</summary>
internal sealed class CommitDraft
{
    public List<Coupling> Couplings { get; } = [];

    public List<Guid> UncoupledLocalIds { get; } = [];

    public List<Intent> Intents { get; } = [];

    public List<Guid> RemovedIntents { get; } = [];

    public List<RecordFailure> Failures { get; } = [];

    public List<RecordKey> ClearedFailures { get; } = [];

    public List<RecordConflict> Conflicts { get; } = [];

    public bool IsEmpty => Couplings.Count + UncoupledLocalIds.Count + Intents.Count + RemovedIntents.Count + Failures.Count + ClearedFailures.Count + Conflicts.Count == 0;

    public StoreCommit ToCommit(MappingLease lease) => new()
    {
        Lease = lease,
        Couplings = Couplings,
        UncoupledLocalIds = UncoupledLocalIds,
        Intents = Intents,
        RemovedIntents = RemovedIntents,
        Failures = Failures,
        ClearedFailures = ClearedFailures,
        Conflicts = Conflicts,
    };
}
