namespace Dataverse.Sync;

/// <summary>What a failed record is waiting for.</summary>
public enum RecordFailureState : byte
{
    /// <summary>Its next try.</summary>
    Failed,

    /// <summary>A record that it refers to, which is not coupled yet.</summary>
    Waiting,

    /// <summary>A person: the same failure came twice, as in Business Central, or the engine cannot decide.</summary>
    Skipped,
}
