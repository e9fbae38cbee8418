namespace Dataverse.Sync.Shared;

/// <summary>What the service answered to one write of a batch.</summary>
internal abstract class PartAnswer
{
    /// <summary>The pause that the service asked for; null where it asked for none.</summary>
    public abstract TimeSpan? RetryAfter { get; }

    /// <summary>Gives the write its result and tells how to proceed with it.</summary>
    public abstract PartFollowUp Apply(PendingWrite write);
}
