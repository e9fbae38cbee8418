namespace Dataverse.Sync.Execution;

/// <summary>The results of earlier rounds of a pair. Most pairs need one round and have none.</summary>
internal sealed record PairHistory
{
    public static PairHistory None { get; } = new();

    /// <summary>The intents of earlier rounds, which the commit removes.</summary>
    public IReadOnlyList<Intent> Intents { get; init; } = [];

    /// <summary>The resolved conflicts whose writes were applied but that are not stored yet.</summary>
    public IReadOnlyList<FieldConflict> Decided { get; init; } = [];

    /// <summary>The writes that were applied and about which a rule failed when it was told.</summary>
    public IReadOnlyList<RuleComplaint> Complaints { get; init; } = [];

    /// <summary>Whether a write was applied, so that the pair counts as modified.</summary>
    public bool HasWritten { get; init; }
}
