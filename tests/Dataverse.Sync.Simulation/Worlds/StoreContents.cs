namespace Dataverse.Sync.Simulation;

/// <summary>What the coupling store holds of one mapping.</summary>
internal sealed record StoreContents(
    IReadOnlyList<Coupling> Couplings,
    IReadOnlyList<RecordFailure> Failures,
    IReadOnlyList<RecordConflict> Conflicts,
    IReadOnlyList<Intent> Intents);
