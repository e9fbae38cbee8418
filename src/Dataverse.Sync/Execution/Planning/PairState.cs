namespace Dataverse.Sync.Execution;

/// <summary>What the planner is given of a pair: what was last synchronized, and both current records.</summary>
/// <param name="Base">What was last synchronized; null for a pair that never was.</param>
/// <param name="Local">The local record; null where it does not exist.</param>
/// <param name="Integration">The integration record; null where it does not exist.</param>
internal readonly record struct PairState(SynchronizedBase? Base, TableRecord? Local, TableRecord? Integration)
{
    public TableRecord? On(SyncSide side) => side == SyncSide.Local ? Local : Integration;
}
