namespace Dataverse.Sync.Execution;

/// <summary>
/// The pairs that the run uncouples because one of their records is outside the filter of its side. They are uncoupled
/// after all changes, so that the fuse can count them before the first one.
/// </summary>
internal sealed class LeavingPairs(CompiledMapping mapping, HeldRecords held)
{
    private readonly Dictionary<Guid, LeavingPair> pairs = [];

    /// <summary>The pairs, each once.</summary>
    public IReadOnlyCollection<LeavingPair> All => pairs.Values;

    /// <summary>
    /// Takes a pair of which a record is outside its filter, if the mapping uncouples such pairs. Its records take no
    /// further part in the run.
    /// </summary>
    /// <param name="outside">The side of the record that is outside its filter.</param>
    /// <param name="coupling">The pair.</param>
    /// <param name="seen">The records that the run has read.</param>
    public bool TryTake(SyncSide outside, Coupling coupling, Sides<TableRecord?> seen)
    {
        if (!mapping.UncouplesOutside)
        {
            return false;
        }

        var versions = Sides.Of(side => seen[side] is { } record
            ? Fingerprint.OfVersion(record.Version)
            : coupling.VersionOf(side));
        _ = pairs.TryAdd(coupling.LocalId, new(outside, coupling, versions));
        foreach (var side in Sides.Both)
        {
            held.Hold(new(side, coupling.IdOf(side)));
        }

        return true;
    }

    /// <summary>Removes a pair that no longer exists. The run meets the one that takes its place.</summary>
    public void Forget(Coupling coupling) => _ = pairs.Remove(coupling.LocalId);
}
