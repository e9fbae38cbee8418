namespace Dataverse.Sync.Simulation;

/// <summary>The calls among which a fault chooses.</summary>
internal enum FaultPlace
{
    /// <summary>All of a run.</summary>
    Call,

    /// <summary>The writes to either system.</summary>
    Write,

    /// <summary>The commits, those of intents included.</summary>
    Commit,

    /// <summary>The reads from either system after its changes.</summary>
    Read,
}
