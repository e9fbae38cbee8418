namespace Dataverse.Sync.Execution;

/// <summary>A stored base seen through a mapping, whose fields may be others than when it was stored.</summary>
/// <param name="stored">The base; null for a pair that was never synchronized.</param>
/// <param name="places">Where the mapping's fields stand in it; null where they stand in the mapping's own order.</param>
internal readonly struct BaseView(SynchronizedBase? stored, int[]? places)
{
    /// <summary>What the base says of a field; one that it does not know was never synchronized.</summary>
    public FieldBase this[CompiledField field] => PlaceOf(field) is >= 0 and var place ? new(stored!.Local[place], stored.Integration[place]) : FieldBase.Never;

    /// <summary>The fingerprint of one side's field; <see cref="Fingerprint.None"/> where it was never synchronized.</summary>
    public ulong Of(SyncSide side, CompiledField field) => PlaceOf(field) is >= 0 and var place ? stored!.Of(side)[place] : Fingerprint.None;

    /// <summary>Whether the base speaks of a field at all, which it does not of a field mapping added since.</summary>
    public bool Knows(CompiledField field) => PlaceOf(field) >= 0;

    private int PlaceOf(CompiledField field) => stored is null ? -1 : places is null ? field.Index : places[field.Index];
}
