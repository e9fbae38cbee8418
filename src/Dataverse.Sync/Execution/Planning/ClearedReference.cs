namespace Dataverse.Sync.Execution;

/// <summary>A reference that is blank on the other side until the record to which it refers is coupled.</summary>
/// <param name="Reason">Why the reference cannot be translated yet.</param>
/// <param name="Awaited">The coupling for which it waits.</param>
internal sealed record ClearedReference(SyncError Reason, AwaitedCoupling Awaited)
{
    /// <summary>Joins two references of one record, which waits for the first of their couplings.</summary>
    public static ClearedReference? Join(ClearedReference? first, ClearedReference? second) =>
        first is null ? second
        : second is null ? first
        : first with { Awaited = second.Awaited with { Alternative = first.Awaited } };
}
