namespace Dataverse.Sync.Execution;

/// <summary>Why a record failed, and when it is tried again.</summary>
/// <param name="Error">The error.</param>
/// <param name="Version">The version of the record, or null if it is unknown.</param>
internal readonly record struct RecordError(SyncError Error, string? Version = null)
{
    /// <summary>The coupling for which the record waits, or null if it does not wait.</summary>
    public AwaitedCoupling? Awaited { get; init; }

    /// <summary>The records that make the partner doubtful; empty if there is no doubt.</summary>
    public IReadOnlyList<MatchCandidate> Candidates { get; init; } = [];

    /// <summary>Whether the record waits until a record of its pair is within the filter again.</summary>
    public bool WaitsForFilter { get; init; }

    /// <summary>Whether only a person can decide, so that no run tries the record again by itself.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>When the record is tried again, or null to follow the mapping's retry policy.</summary>
    public DateTimeOffset? NextTryOn { get; init; }
}
