namespace Dataverse.Sync;

/// <summary>The decision of a rule about a field that was changed on both sides.</summary>
public enum ConflictDecision : byte
{
    /// <summary>
    /// Leaves the decision to the next rule, and finally to the mapping's <see cref="UpdateConflictPolicy"/>.
    /// </summary>
    FollowPolicy,

    /// <summary>The local value wins.</summary>
    TakeLocal,

    /// <summary>The integration value wins.</summary>
    TakeIntegration,

    /// <summary>Keeps both values and records the conflict, whatever the policy says.</summary>
    Record,
}
