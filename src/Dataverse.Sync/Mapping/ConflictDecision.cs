namespace Dataverse.Sync;

/// <summary>A rule's answer about a field that was changed on both sides.</summary>
public enum ConflictDecision : byte
{
    /// <summary>The next rule decides, and in the end the mapping's policy.</summary>
    FollowPolicy,

    /// <summary>The local value wins.</summary>
    TakeLocal,

    /// <summary>The integration value wins.</summary>
    TakeIntegration,

    /// <summary>Both are kept and the conflict is recorded, whatever the policy says.</summary>
    Record,
}
