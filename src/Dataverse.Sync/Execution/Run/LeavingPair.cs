namespace Dataverse.Sync.Execution;

/// <summary>A pair that is uncoupled because one of its records is outside the filter of its side.</summary>
/// <param name="Outside">The side of that record.</param>
/// <param name="Coupling">The pair.</param>
/// <param name="Versions">The fingerprint of the last version that was seen of each record, or zero if unknown.</param>
internal sealed record LeavingPair(SyncSide Outside, Coupling Coupling, Sides<ulong> Versions)
{
    /// <summary>The record that is outside its filter.</summary>
    public RecordKey Key => new(Outside, Coupling.IdOf(Outside));
}
