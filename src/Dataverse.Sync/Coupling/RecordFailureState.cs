namespace Dataverse.Sync;

/// <summary>Specifies for what a failed record waits.</summary>
public enum RecordFailureState : byte
{
    /// <summary>For its next attempt.</summary>
    Failed,

    /// <summary>For the coupling of a record to which it refers.</summary>
    Waiting,

    /// <summary>
    /// For a person: it failed too often with the same error, or the engine cannot decide. Business Central: Skipped.
    /// </summary>
    Skipped,
}
