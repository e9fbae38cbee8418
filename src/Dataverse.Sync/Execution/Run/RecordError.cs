namespace Dataverse.Sync.Execution;

/// <summary>Why a record failed, with what decides when it is tried again.</summary>
/// <param name="Error">The error.</param>
/// <param name="Version">The version that the record had; null when unknown.</param>
internal readonly record struct RecordError(SyncError Error, string? Version = null)
{
    /// <summary>The coupling that the record waits for; null when it does not wait for one.</summary>
    public AwaitedCoupling? Awaited { get; init; }

    /// <summary>Whether only a person can decide, so that no run tries the record again by itself.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>When the record is tried again; null follows the mapping's retry policy.</summary>
    public DateTimeOffset? NextTryOn { get; init; }
}
