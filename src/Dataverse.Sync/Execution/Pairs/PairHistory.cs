namespace Dataverse.Sync.Execution;

/// <summary>What earlier rounds did with a pair; nearly every pair is done after one round and has none.</summary>
internal sealed record PairHistory
{
    public static PairHistory None { get; } = new();

    /// <summary>The intents of earlier rounds, which the commit removes.</summary>
    public IReadOnlyList<Intent> Intents { get; init; } = [];

    /// <summary>The conflicts that were decided and carried out, and are not stored yet.</summary>
    public IReadOnlyList<FieldConflict> Decided { get; init; } = [];

    /// <summary>Whether a write was done, so that the pair counts as modified.</summary>
    public bool HasWritten { get; init; }
}
