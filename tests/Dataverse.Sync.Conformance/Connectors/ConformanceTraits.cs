namespace Dataverse.Sync.Conformance;

/// <summary>Where systems rightly differ. No fact is skipped for a trait: it expects the other outcome.</summary>
public sealed record ConformanceTraits
{
    /// <summary>Whether the change feed reports deletions.</summary>
    public required bool ReportsDeletions { get; init; }

    /// <summary>Whether an insert keeps the id that was chosen.</summary>
    public required bool KeepsChosenIds { get; init; }

    /// <summary>Whether the system refuses a second row with the same business key.</summary>
    public required bool HasUniqueBusinessKey { get; init; }

    /// <summary>Whether there is such a thing as a checkpoint that is no longer honoured.</summary>
    public required bool CheckpointsExpire { get; init; }
}
