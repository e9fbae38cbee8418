namespace Dataverse.Sync.Execution;

/// <summary>The input of the planner for a pair: what was last synchronized, and both current records.</summary>
/// <param name="Base">What was last synchronized, or null for a pair that never was.</param>
/// <param name="Local">The local record, or null if it does not exist.</param>
/// <param name="Integration">The integration record, or null if it does not exist.</param>
internal readonly record struct PairState(SynchronizedBase? Base, TableRecord? Local, TableRecord? Integration)
{
    /// <summary>
    /// Whether no record of a side was read since the base was written, so that the base contains what was sent and not
    /// what was stored.
    /// </summary>
    public Sides<bool> IsUnconfirmed { get; init; }

    public TableRecord? On(SyncSide side) => side == SyncSide.Local ? Local : Integration;
}
